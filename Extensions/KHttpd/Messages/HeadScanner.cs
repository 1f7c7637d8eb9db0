using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>
/// Finds the end of a request's head as its bytes arrive, looking at each of them once, and refuses early what cannot become a
/// head: control characters, bare CR or LF, and parts beyond <see cref="RequestLimits"/>. RFC 9112 §2.2 lets a recipient take a bare
/// LF for a line end; this one does not, since a reader in front of it may not.
/// </summary>
internal struct HeadScanner
{
    private int _position;
    private int _lineStart;
    private int _lines;
    private bool _sawReturn;

    /// <summary>Bytes that were looked at.</summary>
    public readonly int ScannedBytes => _position;

    /// <summary>
    /// Goes on with what arrived. <paramref name="bytes"/> begins with the first byte of the request at every call. Says
    /// <see cref="ScanResult.Complete"/> when the empty line has been seen; <see cref="ScannedBytes"/> is then the size of the head.
    /// </summary>
    public ScanResult Scan(ReadOnlySpan<byte> bytes, out StatusCode refusal)
    {
        refusal = StatusCode.None;
        while (_position < bytes.Length)
        {
            if (_position >= RequestLimits.HeadBytes)
            {
                refusal = TooLarge;
                return ScanResult.Refused;
            }

            byte value = bytes[_position++];
            if (value == (byte)'\n')
            {
                if (!_sawReturn)
                {
                    refusal = StatusCode.BadRequest;
                    return ScanResult.Refused;
                }

                _sawReturn = false;
                if (EndLine())
                {
                    return ScanResult.Complete;
                }

                if (_lines > RequestLimits.FieldLines + 1)
                {
                    refusal = StatusCode.RequestHeaderFieldsTooLarge;
                    return ScanResult.Refused;
                }
            }
            else if (_sawReturn || (value != (byte)'\r' && !Characters.IsFieldText(value)))
            {
                refusal = StatusCode.BadRequest;
                return ScanResult.Refused;
            }
            else if (value == (byte)'\r')
            {
                _sawReturn = true;
            }
            else if (_position - _lineStart > (_lines == 0 ? RequestLimits.RequestLineBytes : RequestLimits.FieldLineBytes))
            {
                refusal = TooLarge;
                return ScanResult.Refused;
            }
        }

        return ScanResult.Incomplete;
    }

    private readonly StatusCode TooLarge => _lines == 0 ? StatusCode.UriTooLong : StatusCode.RequestHeaderFieldsTooLarge;

    // Whether this was the empty line behind the fields.
    private bool EndLine()
    {
        bool isEmpty = _position - _lineStart == 2;
        _lineStart = _position;
        if (isEmpty)
        {
            return true;
        }

        _lines++;
        return false;
    }
}
