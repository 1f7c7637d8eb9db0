using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Samples;

/// <summary>What both samples do with a span that goes both ways.</summary>
public static class Mixing
{
    /// <summary>Reverses the buffer, and returns the sum of the abscissas and the number.</summary>
    public static CallResult<int> Mix(Span<byte> buffer, ReadOnlySpan<Point> points, int number)
    {
        buffer.Reverse();
        long sum = number;
        foreach (Point point in points)
        {
            sum += point.X;
        }

        return CallResult<int>.Ok((int)sum);
    }
}
