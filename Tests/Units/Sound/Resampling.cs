using System;
using System.Collections.Generic;
using NooksOS.Programs.Play;
using Xunit;

namespace NooksOS.Tests.Units.Sound;

/// <summary>Another rate is the same sound.</summary>
public sealed class Resampling
{
    private const uint MixRate = 44_100;

    [Fact]
    public void TheSameRateIsTheSourceItself()
    {
        ToneSource tone = new(440, 100, MixRate);
        Assert.Same(tone, ResampledSource.At(MixRate, tone));
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(22_050)]
    [InlineData(32_000)]
    [InlineData(44_099)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    [InlineData(192_000)]
    public void AToneStaysATone(int rate)
    {
        const uint Hertz = 1000;
        List<short> heard = ReadAll(ResampledSource.At(MixRate, new ToneSource(Hertz, (ulong)rate, (uint)rate)), 333);
        List<short> expected = ReadAll(new ToneSource(Hertz, MixRate, MixRate), 1024);
        Assert.Equal(expected.Count, heard.Count);
        double error = 0;
        double power = 0;
        for (int index = 2000; index < heard.Count - 2000; index++)
        {
            error += Math.Pow(heard[index] - expected[index], 2);
            power += Math.Pow(expected[index], 2);
        }

        // Rounding to 16 bits alone makes 92 dB of a tone of this amplitude.
        Assert.True(10 * Math.Log10(power / error) > 80, $"{10 * Math.Log10(power / error):F1} dB");
    }

    [Fact]
    public void WhatTheSlowerRateCannotHoldIsNotHeard()
    {
        List<short> heard = ReadAll(ResampledSource.At(MixRate, new ToneSource(30_000, 96_000, 96_000)), 1024);
        Assert.All(heard.GetRange(2000, heard.Count - 4000), sample => Assert.InRange(sample, -3, 3));
    }

    [Fact]
    public void ASourceWithoutFramesEndsAtOnce()
        => Assert.Empty(ReadAll(ResampledSource.At(MixRate, new ToneSource(440, 0, 48_000)), 64));

    private static List<short> ReadAll(IFrameSource source, int frames)
    {
        List<short> all = [];
        short[] samples = new short[2 * frames];
        for (int read = source.Read(samples); read != 0; read = source.Read(samples))
        {
            all.AddRange(samples.AsSpan(0, 2 * read));
        }

        return all;
    }
}
