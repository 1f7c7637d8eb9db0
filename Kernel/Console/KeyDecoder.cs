using System;

namespace NooksOS.Kernel.Console;

/// <summary>
/// Turns the scan codes of a PC keyboard (set 1, US layout) into the bytes that a terminal would send. Pure, and plain memory for
/// the interrupt handler.
/// </summary>
internal struct KeyDecoder
{
    /// <summary>The most bytes that one key gives.</summary>
    public const int MaximumBytes = 4;

    private const byte ExtendedPrefix = 0xE0;
    private const byte PausePrefix = 0xE1;
    private const int PauseRest = 2;
    private const byte Released = 0x80;
    private const byte LeftShift = 0x2A;
    private const byte RightShift = 0x36;
    private const byte Control = 0x1D;
    private const byte CapsLock = 0x3A;

    private bool _shift;
    private bool _control;
    private bool _capsLock;
    private bool _extended;
    private int _skip;

    private static ReadOnlySpan<byte> Plain =>
        "\0\u001b1234567890-=\u007f\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 "u8;

    private static ReadOnlySpan<byte> Shifted =>
        "\0\u001b!@#$%^&*()_+\u007f\tQWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 "u8;

    /// <summary>Takes a scan code. Returns how many bytes it gives.</summary>
    public int Feed(byte scanCode, Span<byte> output)
    {
        if (_skip > 0)
        {
            _skip--;
            return 0;
        }

        switch (scanCode)
        {
            case ExtendedPrefix:
                _extended = true;
                return 0;
            case PausePrefix:
                _skip = PauseRest;
                return 0;
            default:
                bool extended = _extended;
                _extended = false;
                return FeedKey((byte)(scanCode & ~Released), (scanCode & Released) == 0, extended, output);
        }
    }

    private int FeedKey(byte key, bool isPressed, bool extended, Span<byte> output)
    {
        switch (key)
        {
            case LeftShift or RightShift:
                // With the prefix these are made up by the keyboard around other keys.
                _shift = extended ? _shift : isPressed;
                return 0;
            case Control:
                _control = isPressed;
                return 0;
            case CapsLock when isPressed:
                _capsLock = !_capsLock;
                return 0;
            default:
                return !isPressed ? 0 : extended ? GiveExtended(key, output) : GiveCharacter(key, output);
        }
    }

    private readonly int GiveCharacter(byte key, Span<byte> output)
    {
        if (key >= Plain.Length)
        {
            return 0;
        }

        byte plain = Plain[key];
        bool isLetter = plain is >= (byte)'a' and <= (byte)'z';
        byte character = _shift != (isLetter && _capsLock) ? Shifted[key] : plain;
        if (_control && Shifted[key] is >= (byte)'@' and <= (byte)'_' or (byte)'{' or (byte)'}' or (byte)'|')
        {
            character = (byte)(character & 0x1F);
        }

        output[0] = character;
        return character == 0 ? 0 : 1;
    }

    private static int GiveExtended(byte key, Span<byte> output)
    {
        ReadOnlySpan<byte> bytes = key switch
        {
            0x1C => "\r"u8,
            0x35 => "/"u8,
            0x47 => "\u001b[H"u8,
            0x48 => "\u001b[A"u8,
            0x4B => "\u001b[D"u8,
            0x4D => "\u001b[C"u8,
            0x4F => "\u001b[F"u8,
            0x50 => "\u001b[B"u8,
            0x53 => "\u001b[3~"u8,
            _ => default,
        };
        bytes.CopyTo(output);
        return bytes.Length;
    }
}
