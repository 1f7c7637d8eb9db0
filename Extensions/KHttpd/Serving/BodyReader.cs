using System;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>Takes the bytes of one body out of what arrives, by whatever framing it has.</summary>
internal struct BodyReader(MessageFraming framing)
{
    private readonly BodyKind _kind = framing.Kind;
    private long _remaining = framing.LengthBytes;
    private ChunkedDecoder _decoder;

    /// <summary>Whether there is nothing more to read.</summary>
    public readonly bool IsComplete => _kind == BodyKind.Chunked ? _decoder.IsComplete : _remaining == 0;

    /// <summary>Takes some bytes. False if they are malformed.</summary>
    /// <param name="input">What arrived.</param>
    /// <param name="consumed">How much of it belongs to the body.</param>
    /// <param name="data">What of that is content.</param>
    public bool TryRead(ReadOnlySpan<byte> input, out int consumed, out ReadOnlySpan<byte> data)
    {
        if (_kind == BodyKind.Chunked)
        {
            return _decoder.TryDecode(input, out consumed, out data);
        }

        consumed = (int)Math.Min(_remaining, input.Length);
        data = input[..consumed];
        _remaining -= consumed;
        return true;
    }
}
