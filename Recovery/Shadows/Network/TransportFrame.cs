using System;
using System.Buffers.Binary;

namespace NooksOS.Recovery.Shadows;

/// <summary>As much of IPv4 and TCP as it takes to see whether a packet holds an intact segment (RFC 791, RFC 9293). Trusts no length.</summary>
internal static class TransportFrame
{
    /// <summary>Where the packet of a frame begins.</summary>
    public const int EthernetBytes = 14;

    /// <summary>Where a frame says what its packet is.</summary>
    public const int EtherTypeOffset = 12;

    // More fragments, and the offset.
    private const ushort FragmentBits = 0x3FFF;

    /// <summary>Finds a whole packet that holds a TCP segment in a frame.</summary>
    public static bool TryFindInFrame(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> packet)
    {
        packet = default;
        return frame.Length > EthernetBytes
            && BinaryPrimitives.ReadUInt16BigEndian(frame[EtherTypeOffset..]) == Ipv4Layout.EtherType
            && TryFindSegment(frame[EthernetBytes..], out packet);
    }

    /// <summary>Finds a whole packet that holds a TCP segment; what follows it in the frame is padding.</summary>
    public static bool TryFindSegment(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> packet)
    {
        packet = default;
        if (data.Length < Ipv4Layout.LeastHeaderBytes || data[0] >> 4 != 4 || data[Ipv4Layout.ProtocolOffset] != Ipv4Layout.Tcp)
        {
            return false;
        }

        int headerBytes = HeaderBytes(data);
        int totalBytes = BinaryPrimitives.ReadUInt16BigEndian(data[Ipv4Layout.TotalLengthOffset..]);
        bool isWhole = headerBytes >= Ipv4Layout.LeastHeaderBytes
            && totalBytes >= headerBytes + SegmentLayout.LeastHeaderBytes
            && totalBytes <= data.Length
            && (BinaryPrimitives.ReadUInt16BigEndian(data[Ipv4Layout.FragmentOffset..]) & FragmentBits) == 0;
        packet = isWhole ? data[..totalBytes] : default;
        return isWhole;
    }

    /// <summary>Whether both checksums of a packet with a segment are right (RFC 1071).</summary>
    public static bool IsIntact(ReadOnlySpan<byte> packet)
    {
        int headerBytes = HeaderBytes(packet);
        ReadOnlySpan<byte> segment = packet[headerBytes..];
        uint pseudoHeader = Add(Ipv4Layout.Tcp + (uint)segment.Length, packet.Slice(Ipv4Layout.SourceOffset, 2 * Ipv4Layout.AddressBytes));
        return IsRight(Add(0, packet[..headerBytes])) && IsRight(Add(pseudoHeader, segment));
    }

    /// <summary>Length of the header of a packet, as it says.</summary>
    public static int HeaderBytes(ReadOnlySpan<byte> packet) => (packet[0] & 0xF) * sizeof(uint);

    /// <summary>Adds 16-bit words to a sum: at most 65,535 bytes of them, so that 32 bits hold it.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= sizeof(ushort); data = data[sizeof(ushort)..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(data);
        }

        return data.IsEmpty ? sum : sum + ((uint)data[0] << 8);
    }

    /// <summary>A sum of words as one of 16 bits, of which a checksum is the complement (RFC 1071).</summary>
    public static ushort Fold(uint sum)
    {
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)((sum & ushort.MaxValue) + (sum >> 16));
    }

    /// <summary>Whether a sum of words and their checksum is that of words that have not changed.</summary>
    public static bool IsRight(uint sum) => Fold(sum) == ushort.MaxValue;
}
