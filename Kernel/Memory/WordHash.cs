using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// A hash of memory for finding out whether it has changed by accident: a word that differs makes another result, whichever it is,
/// because each step can be undone. Eight bytes cost a rotation and a multiplication, where an emulator computes a CRC bit by bit.
/// </summary>
public static class WordHash
{
    // Odd, so that the multiplication loses nothing; the fraction of the golden ratio, whose bits have no pattern.
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const int Rotation = 29;
    private const int Half = 32;

    /// <summary>Hashes bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong state = (ulong)bytes.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            state = Add(state, word);
        }

        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
        {
            state = Add(state, value);
        }

        return state;
    }

    private static ulong Add(ulong state, ulong word)
    {
        ulong product = (BitOperations.RotateLeft(state, Rotation) ^ word) * Multiplier;

        // A multiplication carries upwards only: what is above comes down to what is below.
        return product ^ (product >> Half);
    }
}
