using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>Conversions of floating-point numbers that the instruction set lacks. They saturate, as .NET 9 does; NaN becomes zero.</summary>
internal static class Conversions
{
    private const double TwoTo31 = 2147483648.0;
    private const double TwoTo32 = 4294967296.0;
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    [RuntimeExport("RhpDbl2Int")]
    private static int ToInt32(double value)
        => value >= TwoTo31 ? int.MaxValue : value <= -TwoTo31 ? int.MinValue : double.IsNaN(value) ? 0 : Truncate32(value);

    [RuntimeExport("RhpDbl2UInt")]
    private static uint ToUInt32(double value)
        => value >= TwoTo32 ? uint.MaxValue : value > 0 ? (uint)Truncate(value) : 0;

    [RuntimeExport("RhpDbl2Lng")]
    private static long ToInt64(double value)
        => value >= TwoTo63 ? long.MaxValue : value <= -TwoTo63 ? long.MinValue : double.IsNaN(value) ? 0 : Truncate(value);

    [RuntimeExport("RhpDbl2ULng")]
    private static ulong ToUInt64(double value)
    {
        if (value >= TwoTo64)
        {
            return ulong.MaxValue;
        }

        if (value >= TwoTo63)
        {
            return (ulong)Truncate(value - TwoTo63) + (1UL << 63);
        }

        return value > 0 ? (ulong)Truncate(value) : 0;
    }

    // By intrinsics: the cast itself would come back here.
    private static int Truncate32(double value)
        => System.Runtime.Intrinsics.X86.Sse2.ConvertToInt32WithTruncation(
            System.Runtime.Intrinsics.Vector128.CreateScalarUnsafe(value));

    private static long Truncate(double value)
        => System.Runtime.Intrinsics.X86.Sse2.X64.ConvertToInt64WithTruncation(
            System.Runtime.Intrinsics.Vector128.CreateScalarUnsafe(value));
}
