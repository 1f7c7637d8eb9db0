using System;
using System.Buffers.Binary;
using System.Numerics;

namespace NooksOS.Tool.Echo;

/// <summary>
/// The datagrams that are sent to the echo port: a header of 16 bytes (mark, sequence number, length, checksum; big-endian), then random bytes.
/// The checksum covers everything but itself, so that no damage on the way goes unnoticed.
/// </summary>
public static class EchoDatagram
{
    /// <summary>The shortest datagram: only the header.</summary>
    public const int ShortestBytes = 16;

    /// <summary>The longest datagram, which still fits in one Ethernet frame.</summary>
    public const int LongestBytes = 1400;

    private const uint Mark = 0x4E4F4F4B;
    private const int SequenceOffset = 4;
    private const int LengthOffset = 8;
    private const int ChecksumOffset = 12;

    /// <summary>Fills a datagram of random size and content into the buffer; returns its length.</summary>
    public static int Write(Span<byte> buffer, uint sequence, Random random)
    {
        int length = random.Next(ShortestBytes, LongestBytes + 1);
        Span<byte> datagram = buffer[..length];
        random.NextBytes(datagram[ShortestBytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(datagram, Mark);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[SequenceOffset..], sequence);
        BinaryPrimitives.WriteInt32BigEndian(datagram[LengthOffset..], length);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[ChecksumOffset..], Checksum(datagram));
        return length;
    }

    /// <summary>Reads the sequence number; false where the datagram is not exactly one that was sent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out uint sequence)
    {
        sequence = 0;
        if (datagram.Length < ShortestBytes
            || BinaryPrimitives.ReadUInt32BigEndian(datagram) != Mark
            || BinaryPrimitives.ReadInt32BigEndian(datagram[LengthOffset..]) != datagram.Length
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[ChecksumOffset..]) != Checksum(datagram))
        {
            return false;
        }

        sequence = BinaryPrimitives.ReadUInt32BigEndian(datagram[SequenceOffset..]);
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> datagram)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in datagram[..ChecksumOffset])
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        ReadOnlySpan<byte> content = datagram[ShortestBytes..];
        for (; content.Length >= sizeof(ulong); content = content[sizeof(ulong)..])
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(content));
        }

        foreach (byte value in content)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return ~checksum;
    }
}
