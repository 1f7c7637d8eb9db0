using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Runtime;

/// <summary>
/// The elementary functions that System.Math leaves to a C library, over the instructions in <c>mathematics.asm</c>. Within a
/// unit or two in the last place; the trigonometric ones lose accuracy for large angles, as the processor's reduction does.
/// </summary>
internal static unsafe class Mathematics
{
    private const double Ln2 = 0.6931471805599453;
    private const double LargestExponent = 800;
    private const double SmallArgument = 0.25;
    private const double SplitFactor = 134_217_729; // 2^27 + 1

    [RuntimeImport("*", "rt_sine")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double Sine(double angle);

    [RuntimeImport("*", "rt_cosine")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double Cosine(double angle);

    [RuntimeImport("*", "rt_tangent")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double Tangent(double angle);

    [RuntimeImport("*", "rt_arc_tangent")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double ArcTangent(double y, double x);

    [RuntimeImport("*", "rt_natural_logarithm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double NaturalLogarithm(double value);

    [RuntimeImport("*", "rt_binary_logarithm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double BinaryLogarithm(double value);

    [RuntimeImport("*", "rt_decimal_logarithm")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double DecimalLogarithm(double value);

    [RuntimeImport("*", "rt_logarithm_of_one_plus")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double LogarithmOfOnePlusSmall(double value);

    [RuntimeImport("*", "rt_power")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double PowerOfPositive(double value, double exponent);

    [RuntimeImport("*", "rt_exponential")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double ExponentialOfFinite(double exponent);

    [RuntimeImport("*", "rt_exponential_minus_one")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double ExponentialMinusOne(double exponent);

    [RuntimeImport("*", "rt_remainder")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double Remainder(double dividend, double divisor);

    [RuntimeExport("sin")]
    internal static double Sin(double angle) => Sine(angle);

    [RuntimeExport("cos")]
    internal static double Cos(double angle) => Cosine(angle);

    [RuntimeExport("tan")]
    internal static double Tan(double angle) => Tangent(angle);

    [RuntimeExport("asin")]
    internal static double Asin(double value) => ArcTangent(value, System.Math.Sqrt((1 - value) * (1 + value)));

    [RuntimeExport("acos")]
    internal static double Acos(double value) => ArcTangent(System.Math.Sqrt((1 - value) * (1 + value)), value);

    [RuntimeExport("atan")]
    internal static double Atan(double value) => ArcTangent(value, 1);

    [RuntimeExport("atan2")]
    internal static double Atan2(double y, double x) => ArcTangent(y, x);

    [RuntimeExport("log")]
    internal static double Log(double value) => NaturalLogarithm(value);

    [RuntimeExport("log2")]
    internal static double Log2(double value) => BinaryLogarithm(value);

    [RuntimeExport("log10")]
    internal static double Log10(double value) => DecimalLogarithm(value);

    [RuntimeExport("exp")]
    internal static double Exp(double exponent)
        => exponent > LargestExponent ? double.PositiveInfinity
            : exponent < -LargestExponent ? 0
            : ExponentialOfFinite(exponent);

    [RuntimeExport("pow")]
    internal static double Pow(double value, double exponent)
    {
        if (exponent == 0 || value == 1)
        {
            return 1;
        }

        if (double.IsNaN(value) || double.IsNaN(exponent))
        {
            return double.NaN;
        }

        if (double.IsInfinity(exponent))
        {
            double size = System.Math.Abs(value);
            return size == 1 ? 1 : (size > 1) == (exponent > 0) ? double.PositiveInfinity : 0;
        }

        bool isOdd = System.Math.Abs(Remainder(exponent, 2)) == 1;
        if (value == 0 || double.IsInfinity(value))
        {
            double result = (value == 0) == (exponent > 0) ? 0 : double.PositiveInfinity;
            return isOdd ? System.Math.CopySign(result, value) : result;
        }

        if (value > 0)
        {
            return PowerOfPositive(value, exponent);
        }

        // Of a negative number, whole powers only.
        return System.Math.Truncate(exponent) != exponent ? double.NaN
            : isOdd ? -PowerOfPositive(-value, exponent)
            : PowerOfPositive(-value, exponent);
    }

    [RuntimeExport("cbrt")]
    internal static double Cbrt(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        double size = System.Math.Abs(value);
        double root = PowerOfPositive(size, 1.0 / 3);

        // One step of Newton's method takes away the error of the exponent.
        root -= (root - (size / (root * root))) / 3;
        return System.Math.CopySign(root, value);
    }

    [RuntimeExport("sinh")]
    internal static double Sinh(double value)
    {
        double size = System.Math.Abs(value);
        if (!(size < LargestExponent))
        {
            return value;
        }

        double grown = size < 1 ? ExponentialMinusOne(size) : 0;
        double result = size < 1 ? (grown + (grown / (grown + 1))) / 2 : HalfOfPower(size) - (0.25 / HalfOfPower(size));
        return System.Math.CopySign(result, value);
    }

    [RuntimeExport("cosh")]
    internal static double Cosh(double value)
    {
        double size = System.Math.Abs(value);
        return size < LargestExponent ? HalfOfPower(size) + (0.25 / HalfOfPower(size)) : size;
    }

    [RuntimeExport("tanh")]
    internal static double Tanh(double value)
    {
        const double Saturated = 22;
        double size = System.Math.Abs(value);
        if (double.IsNaN(value))
        {
            return value;
        }

        double grown = size < Saturated ? ExponentialMinusOne(2 * size) : 0;
        return System.Math.CopySign(size < Saturated ? grown / (grown + 2) : 1, value);
    }

    [RuntimeExport("asinh")]
    internal static double Asinh(double value)
    {
        const double SquareIsAll = 1e10;
        double size = System.Math.Abs(value);
        if (size == 0 || !double.IsFinite(value))
        {
            return value;
        }

        double result = size > SquareIsAll
            ? Log(size) + Ln2
            : LogarithmOfOnePlus(size + (size * size / (1 + System.Math.Sqrt((size * size) + 1))));
        return System.Math.CopySign(result, value);
    }

    [RuntimeExport("acosh")]
    internal static double Acosh(double value)
    {
        const double SquareIsAll = 1e10;
        double above = value - 1;
        return value > SquareIsAll
            ? Log(value) + Ln2
            : LogarithmOfOnePlus(above + System.Math.Sqrt((above * above) + (2 * above)));
    }

    [RuntimeExport("atanh")]
    internal static double Atanh(double value) => LogarithmOfOnePlus(2 * value / (1 - value)) / 2;

    [RuntimeExport("fmod")]
    internal static double Fmod(double dividend, double divisor) => Remainder(dividend, divisor);

    [RuntimeExport("modf")]
    internal static double Modf(double value, double* whole)
    {
        *whole = System.Math.Truncate(value);
        return System.Math.CopySign(double.IsInfinity(value) ? 0 : value - *whole, value);
    }

    // The product exactly, as the sum of two numbers (Dekker 1971), so that only the last addition rounds.
    [RuntimeExport("fma")]
    internal static double Fma(double left, double right, double addend)
    {
        double product = left * right;
        double leftHigh = (left * SplitFactor) - ((left * SplitFactor) - left);
        double rightHigh = (right * SplitFactor) - ((right * SplitFactor) - right);
        double leftLow = left - leftHigh;
        double rightLow = right - rightHigh;
        double error = (leftLow * rightLow) - (product - (leftHigh * rightHigh) - (leftLow * rightHigh) - (leftHigh * rightLow));
        double sum = product + addend;
        double part = sum - product;
        double lost = (product - (sum - part)) + (addend - part);
        return double.IsFinite(error) && double.IsFinite(lost) ? sum + (lost + error) : sum;
    }

    // e^x may overflow where its half does not.
    private static double HalfOfPower(double size)
    {
        const double NearOverflow = 709;
        return size < NearOverflow ? Exp(size) / 2 : Exp(size / 2) / 2 * Exp(size / 2);
    }

    private static double LogarithmOfOnePlus(double value)
        => System.Math.Abs(value) < SmallArgument ? LogarithmOfOnePlusSmall(value) : Log(1 + value);
}
