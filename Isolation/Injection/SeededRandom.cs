using System;

namespace NooksOS.Isolation.Injection;

/// <summary>
/// Numbers that follow from a seed alone, on every machine and in every version: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
/// The library's generator promises no such thing.
/// </summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong mixed = _state += 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number below a limit that is not zero.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);
}
