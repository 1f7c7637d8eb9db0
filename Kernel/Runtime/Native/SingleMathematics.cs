using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>The same functions for System.MathF, by way of the wider type.</summary>
internal static unsafe class SingleMathematics
{
    [RuntimeExport("sinf")]
    private static float Sin(float value) => (float)Mathematics.Sin(value);

    [RuntimeExport("cosf")]
    private static float Cos(float value) => (float)Mathematics.Cos(value);

    [RuntimeExport("tanf")]
    private static float Tan(float value) => (float)Mathematics.Tan(value);

    [RuntimeExport("asinf")]
    private static float Asin(float value) => (float)Mathematics.Asin(value);

    [RuntimeExport("acosf")]
    private static float Acos(float value) => (float)Mathematics.Acos(value);

    [RuntimeExport("atanf")]
    private static float Atan(float value) => (float)Mathematics.Atan(value);

    [RuntimeExport("logf")]
    private static float Log(float value) => (float)Mathematics.Log(value);

    [RuntimeExport("log2f")]
    private static float Log2(float value) => (float)Mathematics.Log2(value);

    [RuntimeExport("log10f")]
    private static float Log10(float value) => (float)Mathematics.Log10(value);

    [RuntimeExport("expf")]
    private static float Exp(float value) => (float)Mathematics.Exp(value);

    [RuntimeExport("cbrtf")]
    private static float Cbrt(float value) => (float)Mathematics.Cbrt(value);

    [RuntimeExport("sinhf")]
    private static float Sinh(float value) => (float)Mathematics.Sinh(value);

    [RuntimeExport("coshf")]
    private static float Cosh(float value) => (float)Mathematics.Cosh(value);

    [RuntimeExport("tanhf")]
    private static float Tanh(float value) => (float)Mathematics.Tanh(value);

    [RuntimeExport("asinhf")]
    private static float Asinh(float value) => (float)Mathematics.Asinh(value);

    [RuntimeExport("acoshf")]
    private static float Acosh(float value) => (float)Mathematics.Acosh(value);

    [RuntimeExport("atanhf")]
    private static float Atanh(float value) => (float)Mathematics.Atanh(value);

    [RuntimeExport("atan2f")]
    private static float Atan2(float first, float second) => (float)Mathematics.Atan2(first, second);

    [RuntimeExport("powf")]
    private static float Pow(float first, float second) => (float)Mathematics.Pow(first, second);

    [RuntimeExport("fmodf")]
    private static float Fmod(float first, float second) => (float)Mathematics.Fmod(first, second);

    // A product of two floats is exact as a double.
    [RuntimeExport("fmaf")]
    private static float Fma(float left, float right, float addend) => (float)(((double)left * right) + addend);

    [RuntimeExport("modff")]
    private static float Modf(float value, float* whole)
    {
        double wholeDouble;
        float fraction = (float)Mathematics.Modf(value, &wholeDouble);
        *whole = (float)wholeDouble;
        return fraction;
    }
}
