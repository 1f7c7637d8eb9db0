using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sound;

/// <summary>Streams are added up, and cut off where a sum does not fit.</summary>
public sealed class Mixing
{
    [Fact]
    public void OneStreamAtFullVolumeIsUnchanged()
    {
        byte[] track = SoundRig.MakeTrack(256, 1);
        Assert.Equal(track, Mix(SoundLimits.FullVolume, (track, SoundLimits.FullVolume)));
    }

    [Theory]
    [InlineData(1000, 2000, 3000)]
    [InlineData(30_000, 30_000, 32_767)]
    [InlineData(-30_000, -30_000, -32_768)]
    [InlineData(32_767, -32_768, -1)]
    public void SumsAreCutOff(short left, short right, short sum)
        => Assert.Equal(Frame(sum), Mix(SoundLimits.FullVolume, (Frame(left), SoundLimits.FullVolume), (Frame(right), SoundLimits.FullVolume)));

    [Theory]
    [InlineData(SoundLimits.FullVolume / 2, SoundLimits.FullVolume, 500)]
    [InlineData(SoundLimits.FullVolume, SoundLimits.FullVolume / 2, 500)]
    [InlineData(SoundLimits.FullVolume / 2, SoundLimits.FullVolume / 2, 250)]
    [InlineData(0u, SoundLimits.FullVolume, 0)]
    public void VolumesAreMultiplied(uint stream, uint master, short heard)
        => Assert.Equal(Frame(heard), Mix(master, (Frame(1000), stream)));

    [Fact]
    public void ASumThatTheMasterVolumeBringsDownIsNotCutOff()
        => Assert.Equal(
            Frame(30_000),
            Mix(SoundLimits.FullVolume / 2, (Frame(30_000), SoundLimits.FullVolume), (Frame(30_000), SoundLimits.FullVolume)));

    private static byte[] Mix(uint master, params (byte[] Frames, uint Volume)[] streams)
    {
        Mixer mixer = new(1024);
        mixer.Clear();
        foreach ((byte[] frames, uint volume) in streams)
        {
            mixer.Add(frames, volume);
        }

        return mixer.Finish(streams[0].Frames.Length / 4, master).ToArray();
    }

    private static byte[] Frame(short sample)
    {
        byte[] frame = new byte[4];
        BinaryPrimitives.WriteInt16LittleEndian(frame, sample);
        BinaryPrimitives.WriteInt16LittleEndian(frame.AsSpan(2), sample);
        return frame;
    }
}
