using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>
/// Decodes a chunked body piece by piece (RFC 9112 §7.1). Extensions are skipped (§7.1.1), trailer fields are checked for their form
/// and dropped (§7.1.2), both within bounds. Line ends are CRLF, nothing else.
/// </summary>
internal struct ChunkedDecoder
{
    private State _state;
    private long _remaining;
    private int _digits;
    private int _lineBytes;
    private int _trailerBytes;
    private bool _inName;

    private enum State : byte
    {
        Size,
        SizeBlank,
        Extension,
        SizeReturn,
        Data,
        DataReturn,
        DataFeed,
        TrailerStart,
        Trailer,
        TrailerReturn,
        LastFeed,
        Complete,
    }

    /// <summary>Whether the whole body, its trailer section included, has been read.</summary>
    public readonly bool IsComplete => _state == State.Complete;

    /// <summary>
    /// Takes bytes until there is data to hand on, the input is used up, or the body is complete. False if it is malformed.
    /// </summary>
    /// <param name="input">What arrived.</param>
    /// <param name="consumed">How much of it was taken, the data included.</param>
    /// <param name="data">A run of decoded bytes inside the input; empty if there was none.</param>
    public bool TryDecode(ReadOnlySpan<byte> input, out int consumed, out ReadOnlySpan<byte> data)
    {
        data = default;
        consumed = 0;
        while (consumed < input.Length && _state != State.Complete)
        {
            if (_state == State.Data)
            {
                int length = (int)Math.Min(_remaining, input.Length - consumed);
                data = input.Slice(consumed, length);
                consumed += length;
                _remaining -= length;
                if (_remaining == 0)
                {
                    _state = State.DataReturn;
                }

                return true;
            }

            if (!TryStep(input[consumed++]))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryStep(byte value)
    {
        switch (_state)
        {
            case State.Size:
                return TryReadSize(value);
            case State.SizeBlank:
                // Bad white space, which has to be taken, but only in front of an extension (RFC 9110 §5.6.3).
                _state = value == (byte)';' ? State.Extension : State.SizeBlank;
                return ++_lineBytes <= RequestLimits.ChunkLineBytes && (value == (byte)';' || Characters.IsBlank(value));
            case State.Extension:
                return TrySkipExtension(value);
            case State.SizeReturn:
                _lineBytes = 0;
                _digits = 0;
                _state = _remaining == 0 ? State.TrailerStart : State.Data;
                return value == (byte)'\n';
            case State.DataReturn:
                _state = State.DataFeed;
                return value == (byte)'\r';
            case State.DataFeed:
                _state = State.Size;
                return value == (byte)'\n';
            case State.TrailerStart:
                _inName = true;
                _state = value == (byte)'\r' ? State.LastFeed : State.Trailer;
                return value == (byte)'\r' || (value != (byte)':' && TrySkipTrailer(value));
            case State.Trailer:
                return TrySkipTrailer(value);
            case State.TrailerReturn:
                _state = State.TrailerStart;
                return value == (byte)'\n';
            default:
                _state = State.Complete;
                return value == (byte)'\n';
        }
    }

    private bool TryReadSize(byte value)
    {
        int digit = Characters.HexadecimalDigit(value);
        if (digit >= 0)
        {
            _remaining = (_remaining << 4) | (uint)digit;
            return ++_digits <= RequestLimits.ChunkSizeDigits;
        }

        _state = value switch
        {
            (byte)'\r' => State.SizeReturn,
            (byte)';' => State.Extension,
            _ => State.SizeBlank,
        };
        return _digits != 0 && (_state != State.SizeBlank || Characters.IsBlank(value));
    }

    private bool TrySkipExtension(byte value)
    {
        if (value == (byte)'\r')
        {
            _state = State.SizeReturn;
            return true;
        }

        return ++_lineBytes <= RequestLimits.ChunkLineBytes && Characters.IsFieldText(value);
    }

    private bool TrySkipTrailer(byte value)
    {
        if (++_trailerBytes > RequestLimits.TrailerBytes)
        {
            return false;
        }

        if (_inName)
        {
            _inName = value != (byte)':';
            return !_inName || Characters.IsToken(value);
        }

        if (value == (byte)'\r')
        {
            _state = State.TrailerReturn;
            return true;
        }

        return Characters.IsFieldText(value);
    }
}
