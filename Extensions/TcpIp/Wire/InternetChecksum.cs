using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>
/// The one's complement checksum of IPv4, ICMP, UDP and TCP (RFC 1071).
/// <para>
/// A sum in progress is kept in the order of a little-endian machine: RFC 1071 §2(B) shows that the sum does not depend on the
/// byte order until the end. Only the last piece that is added may have an odd length.
/// </para>
/// </summary>
internal static class InternetChecksum
{
    /// <summary>The checksum of one piece.</summary>
    public static ushort Compute(ReadOnlySpan<byte> data) => Finish(Add(0, data));

    /// <summary>Adds a piece to a sum.</summary>
    public static ulong Add(ulong sum, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<Vector128<ulong>> vectors = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        if (!vectors.IsEmpty)
        {
            sum = AddVectors(sum, vectors);
            data = data[(vectors.Length * Vector128<byte>.Count)..];
        }

        while (data.Length >= sizeof(ushort))
        {
            sum = AddWord(sum, BinaryPrimitives.ReadUInt16LittleEndian(data));
            data = data[sizeof(ushort)..];
        }

        // RFC 1071 §1: an odd octet is followed by a zero octet.
        return data.IsEmpty ? sum : AddWord(sum, data[0]);
    }

    /// <summary>Adds the pseudo header that UDP and TCP cover (RFC 768).</summary>
    public static ulong AddPseudoHeader(
        ulong sum, Ipv4Address source, Ipv4Address destination, IpProtocol protocol, int lengthBytes)
    {
        sum = AddWord(sum, BinaryPrimitives.ReverseEndianness(source.Value));
        sum = AddWord(sum, BinaryPrimitives.ReverseEndianness(destination.Value));
        sum = AddWord(sum, (ulong)(byte)protocol << 8);
        return AddWord(sum, BinaryPrimitives.ReverseEndianness((ushort)lengthBytes));
    }

    /// <summary>Folds a sum to the number that goes into the packet. Zero if what was added holds a correct checksum.</summary>
    public static ushort Finish(ulong sum)
    {
        sum = (sum & uint.MaxValue) + (sum >> 32);
        sum = (sum & uint.MaxValue) + (sum >> 32);
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        return BinaryPrimitives.ReverseEndianness((ushort)~sum);
    }

    // RFC 1071 §2(C). Halves of words are added up in whole words, where no carry is lost: all that a packet holds does not fill one.
    private static ulong AddVectors(ulong sum, ReadOnlySpan<Vector128<ulong>> vectors)
    {
        Vector128<ulong> lower = Vector128<ulong>.Zero;
        Vector128<ulong> upper = Vector128<ulong>.Zero;
        Vector128<ulong> half = Vector128.Create((ulong)uint.MaxValue);
        foreach (Vector128<ulong> vector in vectors)
        {
            lower += vector & half;
            upper += vector >>> 32;
        }

        return AddWord(sum, Vector128.Sum(lower + upper));
    }

    private static ulong AddWord(ulong sum, ulong value)
    {
        sum += value;

        // The carry comes around to the low end.
        return sum < value ? sum + 1 : sum;
    }
}
