using System;
using System.Buffers.Binary;
using System.Numerics;

namespace NooksOS.Isolation.Loading;

/// <summary>
/// Tells a damaged file from the one that was linked. CRC-32C over the whole file, in which the field that holds the result
/// counts as zero; an image whose field is zero has not been sealed and is taken as it is.
/// </summary>
public static class ImageChecksum
{
    /// <summary>Computes the checksum of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="fieldOffset">Where the file holds the checksum.</param>
    public static uint Compute(ReadOnlySpan<byte> file, int fieldOffset)
    {
        uint state = uint.MaxValue;
        state = Append(state, file[..fieldOffset]);
        state = BitOperations.Crc32C(state, 0u);
        state = Append(state, file[(fieldOffset + sizeof(uint))..]);
        uint checksum = ~state;
        return checksum == 0 ? 1 : checksum;
    }

    private static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return state;
    }
}
