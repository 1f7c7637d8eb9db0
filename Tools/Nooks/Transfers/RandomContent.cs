using System;
using System.Buffers.Binary;

namespace NooksOS.Tool.Transfers;

/// <summary>
/// The bytes of the guest's file <c>/random/N</c>: word n, little-endian, is the n-th output of splitmix64 with seed 0. Written from
/// its definition, apart from the guest's code, so that neither hides a mistake of the other.
/// </summary>
public static class RandomContent
{
    /// <summary>Writes the bytes from a position that is a multiple of eight; the length is one, too.</summary>
    public static void Fill(long offsetBytes, Span<byte> destination)
    {
        ulong state = (ulong)(offsetBytes / sizeof(ulong)) * 0x9E37_79B9_7F4A_7C15;
        for (int position = 0; position < destination.Length; position += sizeof(ulong))
        {
            state += 0x9E37_79B9_7F4A_7C15;
            ulong word = state;
            word ^= word >> 30;
            word *= 0xBF58_476D_1CE4_E5B9;
            word ^= word >> 27;
            word *= 0x94D0_49BB_1331_11EB;
            word ^= word >> 31;
            BinaryPrimitives.WriteUInt64LittleEndian(destination[position..], word);
        }
    }
}
