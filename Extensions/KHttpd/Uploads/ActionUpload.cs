using System;
using System.Text.Json;
using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;

namespace NooksOS.Extensions.KHttpd.Uploads;

/// <summary>Reads an order to act on an extension, a JSON object with exactly two strings, and has it done.</summary>
internal sealed class ActionUpload(string word, ExtensionAction action) : IUpload
{
    private const int MaximumBytes = 512;

    private readonly byte[] _body = new byte[MaximumBytes];
    private int _length;

    /// <inheritdoc/>
    public bool HasEffects => true;

    /// <inheritdoc/>
    public bool TryAppend(ReadOnlySpan<byte> data)
    {
        if (!data.TryCopyTo(_body.AsSpan(_length)))
        {
            return false;
        }

        _length += data.Length;
        return true;
    }

    /// <inheritdoc/>
    public Reply Finish()
    {
        Span<byte> extension = stackalloc byte[SystemLimits.WordBytes];
        Span<byte> value = stackalloc byte[SystemLimits.WordBytes];
        if (!TryParse(ref extension, ref value))
        {
            return Reply.Of(StatusCode.BadRequest);
        }

        return Reply.Of(action(extension, value).Status switch
        {
            CallStatus.Ok => StatusCode.Accepted,
            CallStatus.NotFound => StatusCode.NotFound,
            CallStatus.Busy => StatusCode.Conflict,
            _ => StatusCode.ServiceUnavailable,
        });
    }

    private bool TryParse(ref Span<byte> extension, ref Span<byte> value)
    {
        try
        {
            Utf8JsonReader json = new(_body.AsSpan(0, _length));
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            bool hasExtension = false;
            bool hasValue = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isRead = json.ValueTextEquals("extension"u8) && !hasExtension ? hasExtension = TryReadWord(ref json, ref extension)
                    : json.ValueTextEquals(word) && !hasValue && (hasValue = TryReadWord(ref json, ref value));
                if (!isRead)
                {
                    return false;
                }
            }

            return json.TokenType == JsonTokenType.EndObject && !json.Read() && hasExtension && hasValue;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Words have no characters that JSON would escape, so what is escaped is none.
    private static bool TryReadWord(ref Utf8JsonReader json, ref Span<byte> word)
    {
        if (!json.Read()
            || json.TokenType != JsonTokenType.String
            || json.ValueIsEscaped
            || !Characters.IsToken(json.ValueSpan)
            || !json.ValueSpan.TryCopyTo(word))
        {
            return false;
        }

        word = word[..json.ValueSpan.Length];
        return true;
    }
}
