using System;
using System.Buffers.Binary;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>Makes frames that hold segments of TCP.</summary>
internal static class TcpFrames
{
    /// <summary>An intact segment of a connection from 10.0.2.2 to 10.0.2.15 port 80.</summary>
    public static byte[] Make(byte flags, uint sequence = 0, ushort sourcePort = 40_000, byte[]? options = null)
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
        new byte[] { 10, 0, 2, 2, 10, 0, 2, 15 }.CopyTo(packet[12..]);
        Span<byte> segment = frame.AsSpan(SegmentOffset);
        BinaryPrimitives.WriteUInt16BigEndian(segment, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], 80);
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
