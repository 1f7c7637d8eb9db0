using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Floods;

/// <summary>
/// Segments that no honest peer sends: random fields, options and lengths, from strangers and from those who hold a connection.
/// Most have right checksums, because what has none gets no further than the check of it.
/// </summary>
public sealed class SegmentFuzzer(int seed, IPeers peers, params ushort[] ports) : IFrameSource
{
    private const int LongestContentBytes = TcpFrame.LongestBytes - TcpFrame.TcpOffset - TcpFrame.TcpBytes - TcpFrame.LongestOptionsBytes;
    private const int MostBrokenBytes = 8;

    private readonly Random _random = new(seed);
    private readonly byte[] _options = new byte[TcpFrame.LongestOptionsBytes];
    private readonly byte[] _content = new byte[LongestContentBytes];

    /// <inheritdoc/>
    public int Write(Span<byte> buffer)
    {
        TcpSegment segment = new()
        {
            Source = DrawSource(out ushort port),
            Destination = AttackerNetwork.Guest(port),
            Sequence = DrawNumber(),
            Acknowledgment = DrawNumber(),
            Flags = (TcpFlags)_random.Next(byte.MaxValue + 1),
            Window = (ushort)DrawNumber(),
            Urgent = (ushort)DrawNumber(),
        };
        int contentBytes = IsOneOf(4) ? _random.Next(LongestContentBytes + 1) : 0;
        _random.NextBytes(_content.AsSpan(0, contentBytes));
        int length = TcpFrame.WriteToGuest(buffer, segment, DrawOptions(), _content.AsSpan(0, contentBytes));
        return IsOneOf(4) ? Break(buffer[..length]) : length;
    }

    // What claims to come from the peer of a connection meets the code that strangers do not reach.
    private TcpEndpoint DrawSource(out ushort port)
    {
        IReadOnlyList<(TcpEndpoint Peer, ushort GuestPort)> known = peers.Known;
        if (known.Count > 0 && IsOneOf(3))
        {
            (TcpEndpoint peer, port) = known[_random.Next(known.Count)];
            return peer;
        }

        port = IsOneOf(8) ? (ushort)_random.Next() : ports[_random.Next(ports.Length)];
        return AttackerNetwork.Draw(_random);
    }

    // Numbers near the ends of their range are where comparisons go wrong.
    private uint DrawNumber() => _random.Next(4) switch
    {
        0 => (uint)_random.Next(4),
        1 => uint.MaxValue - (uint)_random.Next(4),
        _ => (uint)_random.NextInt64(),
    };

    private ReadOnlySpan<byte> DrawOptions()
    {
        Span<byte> options = _options.AsSpan(0, 4 * _random.Next((TcpFrame.LongestOptionsBytes / 4) + 1));
        _random.NextBytes(options);
        for (int offset = 0; offset < options.Length && !IsOneOf(4);)
        {
            // Known kinds (end, nothing, size, scale, SACK permitted, SACK, timestamps) with lengths that may be wrong.
            options[offset] = (byte)_random.Next(9);
            if (offset + 1 < options.Length)
            {
                options[offset + 1] = (byte)_random.Next(12);
            }

            offset += _random.Next(1, 11);
        }

        return options;
    }

    private int Break(Span<byte> frame)
    {
        for (int count = _random.Next(1, MostBrokenBytes + 1); count > 0; count--)
        {
            // The hardware addresses stay: the network card would take the frame for another's.
            frame[_random.Next(TcpFrame.EthernetBytes, Math.Min(frame.Length, TcpFrame.TcpOffset + TcpFrame.TcpBytes))] = (byte)_random.Next();
        }

        if (IsOneOf(2))
        {
            TcpFrame.WriteChecksums(frame);
        }

        return IsOneOf(4) ? _random.Next(TcpFrame.EthernetBytes, frame.Length + 1) : frame.Length;
    }

    private bool IsOneOf(int number) => _random.Next(number) == 0;
}
