using System.Runtime.InteropServices;

namespace NooksOS.Isolation;

/// <summary>
/// Roughly which places of the code a call has been found at: a bit for each, shared by some. Plain memory, since a timer's handler
/// writes it.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct SeenPlaces
{
    private const int WordBits = 6;
    private const int PlaceBits = WordBits + 1;

    // A place is so many bytes of code, about a function: a loop that calls some others is a few.
    private const int BytesBits = 8;
    private const ulong Mixer = 0x9E37_79B9_7F4A_7C15;

    private ulong _low;
    private ulong _high;

    /// <summary>Notes a place. False if it has been noted before, or another one that shares its bit.</summary>
    public bool TryAdd(ulong instructionPointer)
    {
        int place = (int)(((instructionPointer >> BytesBits) * Mixer) >> (64 - PlaceBits));
        ref ulong word = ref place >> WordBits == 0 ? ref _low : ref _high;
        ulong bit = 1UL << place;
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}
