using System;
using System.Buffers.Binary;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>Makes frames that hold segments of TCP.</summary>
internal static class TcpFrames
{
    private const uint Peer = 0x0A00_0202;
    private const uint Guest = 0x0A00_020F;

    /// <summary>An intact segment of a connection to 10.0.2.15 port 80, from 10.0.2.2 unless told otherwise.</summary>
    public static byte[] Make(byte flags, uint sequence = 0, ushort sourcePort = 40_000, byte[]? options = null, uint peer = Peer)
        => Make(flags, sequence, options, (peer, sourcePort), (Guest, 80));

    /// <summary>An intact segment of such a connection from 10.0.2.15.</summary>
    public static byte[] MakeAnswer(byte flags, uint peer = Peer) => Make(flags, 0, null, (Guest, 80), (peer, 40_000));

    private static byte[] Make(byte flags, uint sequence, byte[]? options, (uint Address, ushort Port) source, (uint Address, ushort Port) destination)
    {
        const int PacketOffset = 14;
        const int SegmentOffset = PacketOffset + 20;
        const int HeaderBytes = 20;
        options ??= new byte[4];
        byte[] frame = new byte[SegmentOffset + HeaderBytes + options.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x0800);
        Span<byte> packet = frame.AsSpan(PacketOffset);
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], source.Address);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], destination.Address);
        Span<byte> segment = frame.AsSpan(SegmentOffset);
        BinaryPrimitives.WriteUInt16BigEndian(segment, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sequence);
        options.CopyTo(segment[HeaderBytes..]);
        segment[12] = (byte)((segment.Length / 4) << 4);
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Checksum(6 + (uint)segment.Length, packet[12..20], segment));
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum(0, packet[..20], default));
        return frame;
    }

    private static ushort Checksum(uint sum, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        for (int index = 0; index < first.Length; index += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(first[index..]);
        }

        for (int index = 0; index < second.Length; index += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(second[index..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~((sum & 0xFFFF) + (sum >> 16));
    }
}
