using System;

namespace NooksOS.Tool.Floods;

/// <summary>Requests for connections that nobody will complete, each from another address and port, to the given ports in turn.</summary>
public sealed class SynFlood(int seed, params ushort[] ports) : IFrameSource
{
    // Kind 2, length 4: the largest segment that an Ethernet carries.
    private static ReadOnlySpan<byte> SegmentSizeOption => [2, 4, 1460 >> 8, 1460 & 0xFF];

    private readonly Random _random = new(seed);
    private int _turn;

    /// <inheritdoc/>
    public int Write(Span<byte> buffer)
    {
        TcpSegment segment = new()
        {
            Source = AttackerNetwork.Draw(_random),
            Destination = AttackerNetwork.Guest(ports[_turn++ % ports.Length]),
            Sequence = (uint)_random.NextInt64(),
            Flags = TcpFlags.Synchronize,
            Window = ushort.MaxValue,
        };
        return TcpFrame.WriteToGuest(buffer, segment, SegmentSizeOption, []);
    }
}
