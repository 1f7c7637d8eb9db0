using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>The header of a UDP datagram (RFC 768).</summary>
/// <param name="SourcePort">Port of the sender; zero if it wants no answer.</param>
/// <param name="DestinationPort">Port of the receiver.</param>
/// <param name="Length">Size of header and data.</param>
internal readonly record struct UdpHeader(ushort SourcePort, ushort DestinationPort, ushort Length)
{
    /// <summary>Size of the header.</summary>
    public const int SizeBytes = 8;

    internal const int SourcePortOffset = 0;
    internal const int DestinationPortOffset = 2;
    internal const int LengthOffset = 4;
    internal const int ChecksumOffset = 6;

    /// <summary>
    /// Reads a header and finds the datagram, which may be shorter than what IPv4 brought. False if it is too short or says
    /// that it is longer.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> data, out UdpHeader header, out ReadOnlySpan<byte> datagram)
    {
        header = default;
        datagram = default;
        if (data.Length < SizeBytes)
        {
            return false;
        }

        header = new UdpHeader(
            BinaryPrimitives.ReadUInt16BigEndian(data[SourcePortOffset..]),
            BinaryPrimitives.ReadUInt16BigEndian(data[DestinationPortOffset..]),
            BinaryPrimitives.ReadUInt16BigEndian(data[LengthOffset..]));
        if (header.Length < SizeBytes || header.Length > data.Length)
        {
            return false;
        }

        datagram = data[..header.Length];
        return true;
    }

    /// <summary>Whether a parsed datagram has a correct checksum, or says that it has none (zero, RFC 768).</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> datagram, Ipv4Address source, Ipv4Address destination)
        => BinaryPrimitives.ReadUInt16BigEndian(datagram[ChecksumOffset..]) == 0
            || ComputeChecksum(datagram, source, destination) == 0;

    /// <summary>Writes the header of a datagram whose data is in place already, and the checksum over all of it.</summary>
    public void Write(Span<byte> datagram, Ipv4Address source, Ipv4Address destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(datagram[SourcePortOffset..], SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[DestinationPortOffset..], DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[LengthOffset..], Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[ChecksumOffset..], 0);
        ushort checksum = ComputeChecksum(datagram[..Length], source, destination);

        // RFC 768: zero means "no checksum", so that a computed zero is sent as all ones, which is equal in one's complement.
        BinaryPrimitives.WriteUInt16BigEndian(datagram[ChecksumOffset..], checksum == 0 ? ushort.MaxValue : checksum);
    }

    private static ushort ComputeChecksum(ReadOnlySpan<byte> datagram, Ipv4Address source, Ipv4Address destination)
    {
        ulong sum = InternetChecksum.AddPseudoHeader(0, source, destination, IpProtocol.Udp, datagram.Length);
        return InternetChecksum.Finish(InternetChecksum.Add(sum, datagram));
    }
}
