using System;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>
/// Copies a representation into the output piece by piece. What the transport did not take is read again later instead of being kept.
/// </summary>
internal struct ReplySender
{
    private Representation? _content;
    private long _position;
    private long _end;
    private int _tailBytes;

    /// <summary>Whether there is more to copy.</summary>
    public readonly bool IsSending => _position < _end;

    /// <summary>Begins with a part of a representation.</summary>
    public void Begin(Representation content, ByteRange part)
    {
        _content = content;
        _position = part.Start;
        _end = part.Start + part.LengthBytes;
        _tailBytes = 0;
    }

    /// <summary>Forgets the representation: what was copied of it counts as sent.</summary>
    public void End()
    {
        _content = null;
        _position = _end = 0;
        _tailBytes = 0;
    }

    /// <summary>Copies as much as there is room for.</summary>
    public void Fill(ByteWindow output)
    {
        Span<byte> room = output.MakeRoom();
        int count = (int)Math.Min(room.Length, _end - _position);
        if (count != 0)
        {
            _content!.Read(_position, room[..count]);
            output.Extend(count);
            _position += count;
            _tailBytes += count;
        }
    }

    /// <summary>Takes back what was copied but could not be sent.</summary>
    public void Rewind(ByteWindow output)
    {
        int count = Math.Min(_tailBytes, output.Length);
        output.Trim(count);
        _position -= count;
        _tailBytes = 0;
    }
}
