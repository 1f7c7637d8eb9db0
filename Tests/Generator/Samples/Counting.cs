using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Samples;

/// <summary>What both samples do with a span that is only written.</summary>
public static class Counting
{
    /// <summary>Writes the numbers from one on, as far as there is room, and returns the last that was asked for.</summary>
    public static CallResult<uint> Count(Span<uint> numbers, uint until)
    {
        for (uint number = 1; number <= Math.Min(until, (uint)numbers.Length); number++)
        {
            numbers[(int)number - 1] = number;
        }

        return CallResult<uint>.Ok(until);
    }
}
