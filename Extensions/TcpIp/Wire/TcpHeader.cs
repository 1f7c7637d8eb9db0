using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>The header of a TCP segment, without its options (RFC 9293 §3.1).</summary>
internal readonly record struct TcpHeader
{
    /// <summary>Size of a header without options.</summary>
    public const int SizeBytes = 20;

    /// <summary>Size of the largest header: the field that says it has four bits.</summary>
    public const int MaximumBytes = 60;

    internal const int SourcePortOffset = 0;
    internal const int DestinationPortOffset = 2;
    internal const int SequenceOffset = 4;
    internal const int AcknowledgmentOffset = 8;
    internal const int DataOffset = 12;
    internal const int FlagsOffset = 13;
    internal const int WindowOffset = 14;
    internal const int ChecksumOffset = 16;
    internal const int UrgentOffset = 18;

    /// <summary>Port of the sender.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>Port of the receiver.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>SEG.SEQ: number of the first octet, or of the SYN.</summary>
    public uint Sequence { get; init; }

    /// <summary>SEG.ACK: the number that the sender expects next.</summary>
    public uint Acknowledgment { get; init; }

    /// <summary>The control bits.</summary>
    public TcpFlags Flags { get; init; }

    /// <summary>SEG.WND as it stands in the segment: not shifted.</summary>
    public ushort Window { get; init; }

    /// <summary>Whether all of these bits are set.</summary>
    public bool Has(TcpFlags flags) => (Flags & flags) == flags;

    /// <summary>Whether the segment, in its datagram, carries a correct checksum.</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> segment, Ipv4Address source, Ipv4Address destination)
    {
        ulong sum = InternetChecksum.AddPseudoHeader(0, source, destination, IpProtocol.Tcp, segment.Length);
        return InternetChecksum.Finish(InternetChecksum.Add(sum, segment)) == 0;
    }

    /// <summary>
    /// Reads a header and finds options and data. False if the segment is cut off, its header length is impossible, or a port is zero.
    /// The checksum is for the caller to check, who counts it apart.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> segment, out TcpHeader header, out ReadOnlySpan<byte> options, out ReadOnlySpan<byte> data)
    {
        header = default;
        options = default;
        data = default;
        if (segment.Length < SizeBytes)
        {
            return false;
        }

        int headerBytes = (segment[DataOffset] >> 4) * sizeof(uint);
        if (headerBytes < SizeBytes || headerBytes > segment.Length)
        {
            return false;
        }

        header = new TcpHeader
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(segment[SourcePortOffset..]),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(segment[DestinationPortOffset..]),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(segment[SequenceOffset..]),
            Acknowledgment = BinaryPrimitives.ReadUInt32BigEndian(segment[AcknowledgmentOffset..]),
            Flags = (TcpFlags)segment[FlagsOffset],
            Window = BinaryPrimitives.ReadUInt16BigEndian(segment[WindowOffset..]),
        };
        options = segment[SizeBytes..headerBytes];
        data = segment[headerBytes..];
        return header.SourcePort != 0 && header.DestinationPort != 0;
    }

    /// <summary>Writes the header of a segment whose options and data are in place already, and the checksum over all of it.</summary>
    public void Write(Span<byte> segment, int optionBytes, Ipv4Address source, Ipv4Address destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(segment[SourcePortOffset..], SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment[DestinationPortOffset..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment[SequenceOffset..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[AcknowledgmentOffset..], Acknowledgment);
        segment[DataOffset] = (byte)((SizeBytes + optionBytes) / sizeof(uint) << 4);
        segment[FlagsOffset] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[WindowOffset..], Window);
        BinaryPrimitives.WriteUInt16BigEndian(segment[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(segment[UrgentOffset..], 0);
        ulong sum = InternetChecksum.AddPseudoHeader(0, source, destination, IpProtocol.Tcp, segment.Length);
        ushort checksum = InternetChecksum.Finish(InternetChecksum.Add(sum, segment));
        BinaryPrimitives.WriteUInt16BigEndian(segment[ChecksumOffset..], checksum);
    }
}
