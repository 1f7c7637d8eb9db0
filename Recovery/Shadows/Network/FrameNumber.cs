using System;
using System.Buffers.Binary;
using System.Numerics;

namespace NooksOS.Recovery.Shadows;

/// <summary>Numbers by which frames are told apart that have passed. Not for anybody who looks for two with the same number.</summary>
internal static class FrameNumber
{
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    /// <summary>A number that follows from the whole words among some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        for (ReadOnlySpan<byte> rest = bytes; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            number = BitOperations.RotateLeft((number ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * Factor, 29);
        }

        return number;
    }
}
