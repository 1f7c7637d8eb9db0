using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace NooksOS.Image.SelfTests;

/// <summary>Arithmetic that the processor does not do by itself.</summary>
internal static class NumberTests
{
    public static IEnumerable<SelfTest> All { get; } =
    [
        new("big integers", BigIntegersWork),
        new("decimal", DecimalsWork),
        new("conversions saturate", ConversionsSaturate),
        new("elementary functions", ElementaryFunctionsAreAccurate),
        new("128-bit integers and bit operations", WideIntegersWork),
        new("dates and time spans", DatesWork),
    ];

    private static bool BigIntegersWork()
    {
        BigInteger factorial = BigInteger.One;
        for (int factor = 2; factor <= 40; factor++)
        {
            factorial *= factor;
        }

        return factorial.ToString(CultureInfo.InvariantCulture) == "815915283247897734345611269596115894272000000000"
            && BigInteger.ModPow(3, 1000, 1_000_007) == BigInteger.Pow(3, 1000) % 1_000_007;
    }

    private static bool DecimalsWork()
        => (0.1m + 0.2m == 0.3m) && (1m / 3m).ToString(CultureInfo.InvariantCulture) == "0.3333333333333333333333333333";

    private static bool ConversionsSaturate()
    {
        double[] values = [1e30, -1e30, double.NaN, 2.9, -2.9, 1e19];
        return values.Select(value => (int)value).SequenceEqual([int.MaxValue, int.MinValue, 0, 2, -2, int.MaxValue])
            && values.Select(value => (ulong)value).SequenceEqual([ulong.MaxValue, 0UL, 0UL, 2UL, 0UL, 10_000_000_000_000_000_000UL])
            && values.Select(value => (long)value)
                .SequenceEqual([long.MaxValue, long.MinValue, 0, 2, -2, long.MaxValue])
            && values.Select(value => (uint)value).SequenceEqual([uint.MaxValue, 0u, 0u, 2u, 0u, uint.MaxValue]);
    }

    public static bool ElementaryFunctionsAreAccurate()
    {
        // Computed at run time, and so from a variable: the compiler folds calls with constants.
        double one = DateTime.UnixEpoch.Day;
        return Near(Math.Sin(one), 0.8414709848078965) && Near(Math.Cos(one), 0.5403023058681398)
            && Near(Math.Tan(one), 1.5574077246549023) && Near(Math.Exp(one), Math.E) && Near(Math.Log(one * 10), 2.302585092994046)
            && Near(Math.Log10(one * 1000), 3) && Near(Math.Log2(one * 8), 3) && Near(Math.Pow(one * 2, 0.5), 1.4142135623730951)
            && Near(Math.Atan2(one, -one), 2.356194490192345) && Near(Math.Asin(one), Math.PI / 2) && Near(Math.Cbrt(one * 27), 3)
            && Near(Math.Sinh(one), 1.1752011936438014) && Near(Math.Tanh(one), 0.7615941559557649)
            && Near(Math.Sqrt(one * 2), 1.4142135623730951) && (one * 7.5) % 2 == 1.5 && Math.Floor(-one * 1.5) == -2;
    }

    private static bool WideIntegersWork()
    {
        UInt128 wide = UInt128.MaxValue / 3;
        return wide.ToString(CultureInfo.InvariantCulture) == "113427455640312821154458202477256070485"
            && BitOperations.PopCount(0xF0F0UL) == 8 && BitOperations.Log2(1UL << 40) == 40
            && Math.BigMul(ulong.MaxValue, ulong.MaxValue, out ulong low) == ulong.MaxValue - 1 && low == 1;
    }

    private static bool DatesWork()
        => new DateTime(2024, 2, 28, 0, 0, 0, DateTimeKind.Utc).AddDays(2).Day == 1 && TimeSpan.FromSeconds(3661).ToString() == "01:01:01"
            && DateTime.UtcNow.Year > 2000;

    private static bool Near(double actual, double expected) => Math.Abs(actual - expected) <= 4e-15 * Math.Abs(expected);
}
