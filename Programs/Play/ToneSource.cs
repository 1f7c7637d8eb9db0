using System;

namespace NooksOS.Programs.Play;

/// <summary>A sine at half of the largest amplitude.</summary>
internal sealed class ToneSource(uint hertz, ulong frames, uint framesPerSecond) : IFrameSource
{
    private const double Amplitude = short.MaxValue / 2;

    private ulong _frame;

    /// <inheritdoc/>
    public uint FramesPerSecond => framesPerSecond;

    /// <inheritdoc/>
    public int Read(Span<short> samples)
    {
        int count = (int)Math.Min((ulong)samples.Length / 2, frames - _frame);
        for (int index = 0; index < count; index++)
        {
            // The whole turns are left out first, so that the angle stays exact however long the tone is.
            ulong turn = _frame * hertz % framesPerSecond;
            short sample = (short)Math.Round(Amplitude * Math.Sin(2 * Math.PI * turn / framesPerSecond));
            samples[2 * index] = sample;
            samples[(2 * index) + 1] = sample;
            _frame++;
        }

        return count;
    }
}
