using System;

namespace NooksOS.Programs.Play;

/// <summary>
/// The impulse response of a low pass between two rates: a sinc under a Kaiser window, for every place between two input frames
/// at a fixed number of steps. Between the steps it is taken as a line, which costs less than rounding to 16 bits does.
/// </summary>
internal sealed class ResamplingFilter
{
    private const int ZeroCrossings = 24;
    private const int Steps = 512;
    private const double WindowShape = 9;

    // Of the half of the slower rate: what is above it would be heard as something else.
    private const double Passband = 0.94;

    private readonly float[] _taps;

    /// <summary>Computes it.</summary>
    public ResamplingFilter(uint fromFramesPerSecond, uint toFramesPerSecond)
    {
        double cutoff = Passband * Math.Min(1.0, (double)toFramesPerSecond / fromFramesPerSecond);
        HalfWidth = (int)Math.Ceiling(ZeroCrossings / cutoff);
        _taps = new float[(Steps + 1) * Width];
        double[] row = new double[Width];
        for (int step = 0; step <= Steps; step++)
        {
            double sum = 0;
            for (int tap = 0; tap < Width; tap++)
            {
                double distance = tap - (HalfWidth - 1) - ((double)step / Steps);
                row[tap] = Sinc(cutoff * distance) * Window(distance / HalfWidth);
                sum += row[tap];
            }

            // A constant input must come out as it is, whatever the step.
            for (int tap = 0; tap < Width; tap++)
            {
                _taps[(step * Width) + tap] = (float)(row[tap] / sum);
            }
        }
    }

    /// <summary>Input frames on either side of an output frame.</summary>
    public int HalfWidth { get; }

    /// <summary>Input frames for an output frame.</summary>
    public int Width => 2 * HalfWidth;

    /// <summary>
    /// The output between two input frames.
    /// </summary>
    /// <param name="samples">Samples of two channels, as many frames as <see cref="Width"/>, of which the output lies between the middle ones.</param>
    /// <param name="fraction">How far behind the first of those two, from zero to below one.</param>
    /// <param name="left">The left channel.</param>
    /// <param name="right">The right channel.</param>
    public void Apply(ReadOnlySpan<short> samples, double fraction, out short left, out short right)
    {
        double place = fraction * Steps;
        int step = (int)place;
        float share = (float)(place - step);
        ReadOnlySpan<float> near = _taps.AsSpan(step * Width, Width);
        ReadOnlySpan<float> far = _taps.AsSpan((step + 1) * Width, Width);
        double leftSum = 0;
        double rightSum = 0;
        for (int tap = 0; tap < near.Length; tap++)
        {
            float weight = near[tap] + (share * (far[tap] - near[tap]));
            leftSum += weight * samples[2 * tap];
            rightSum += weight * samples[(2 * tap) + 1];
        }

        left = Round(leftSum);
        right = Round(rightSum);
    }

    private static short Round(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Window(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(WindowShape * Math.Sqrt(1 - (x * x))) / Bessel(WindowShape);

    // The modified Bessel function of order zero, by its series.
    private static double Bessel(double x)
    {
        const double Negligible = 1e-12;
        double term = 1;
        double sum = 1;
        for (int index = 1; term > Negligible * sum; index++)
        {
            term *= x / (2 * index) * (x / (2 * index));
            sum += term;
        }

        return sum;
    }
}
