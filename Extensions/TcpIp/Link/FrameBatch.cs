using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Frames that leave in one call: a <see cref="PacketBatch"/> being filled.</summary>
internal sealed class FrameBatch
{
    // As much as the frames of one batch can need, so that only their number is a limit.
    private readonly byte[] _bytes = new byte[PacketBatch.MaximumFrames * (PacketBatch.MaximumFrameBytes + sizeof(ushort))];
    private int _usedBytes;

    /// <summary>How many frames it holds.</summary>
    public uint Frames { get; private set; }

    /// <summary>The frames, as they cross the boundary.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _usedBytes);

    /// <summary>Whether no frame fits any more.</summary>
    public bool IsFull => Frames == PacketBatch.MaximumFrames;

    /// <summary>Makes room for a frame. False if the batch is full.</summary>
    public bool TryReserve(int frameBytes, out Span<byte> frame)
    {
        frame = default;
        if (IsFull || !PacketBatch.TryReserve(_bytes, ref _usedBytes, frameBytes, out frame))
        {
            return false;
        }

        Frames++;
        return true;
    }

    /// <summary>Forgets the frames.</summary>
    public void Clear()
    {
        _usedBytes = 0;
        Frames = 0;
    }
}
