using System;
using System.Globalization;
using System.Text;

namespace NooksOS.Kernel.Shell;

/// <summary>
/// Writes one JSON document on one line (RFC 8259). System.Text.Json would do, too, for 40 KB more in the kernel image.
/// </summary>
public sealed class JsonWriter
{
    private readonly StringBuilder _text = new();
    private bool _needsComma;

    /// <summary>Begins an object.</summary>
    public JsonWriter BeginObject() => Begin('{');

    /// <summary>Ends an object.</summary>
    public JsonWriter EndObject() => End('}');

    /// <summary>Begins an array.</summary>
    public JsonWriter BeginArray() => Begin('[');

    /// <summary>Ends an array.</summary>
    public JsonWriter EndArray() => End(']');

    /// <summary>Writes the name of the next property.</summary>
    public JsonWriter Name(string name)
    {
        Separate();
        AppendQuoted(name);
        _text.Append(':');
        _needsComma = false;
        return this;
    }

    /// <summary>Writes a value: null, a boolean, a number, or the text of anything else.</summary>
    public JsonWriter Value(object? value)
    {
        Separate();
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case bool boolean:
                _text.Append(boolean ? "true" : "false");
                break;
            case double number:
                // JSON has no infinity.
                _text.Append(double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "null");
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or nint or nuint:
                _text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                AppendQuoted(value.ToString() ?? "");
                break;
        }

        return this;
    }

    /// <summary>Writes a property.</summary>
    public JsonWriter Property(string name, object? value) => Name(name).Value(value);

    /// <summary>The document so far.</summary>
    public override string ToString() => _text.ToString();

    private JsonWriter Begin(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _needsComma = false;
        return this;
    }

    private JsonWriter End(char bracket)
    {
        _text.Append(bracket);
        _needsComma = true;
        return this;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            _text.Append(',');
        }

        _needsComma = true;
    }

    private void AppendQuoted(string text)
    {
        _text.Append('"');
        foreach (char character in text)
        {
            switch (character)
            {
                case '"':
                    _text.Append("\\\"");
                    break;
                case '\\':
                    _text.Append("\\\\");
                    break;
                case '\n':
                    _text.Append("\\n");
                    break;
                case '\t':
                    _text.Append("\\t");
                    break;
                case < ' ' or '\u007f':
                case >= '\ud800' and <= '\udfff':
                    // A surrogate alone is not Unicode, and a pair may be escaped too.
                    _text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    _text.Append(character);
                    break;
            }
        }

        _text.Append('"');
    }
}
