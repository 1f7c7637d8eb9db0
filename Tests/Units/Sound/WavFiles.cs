using System;
using System.Buffers.Binary;
using System.IO;
using NooksOS.Programs.Play;
using Xunit;

namespace NooksOS.Tests.Units.Sound;

/// <summary>WAV files: what can be played is, and no length in them is believed.</summary>
public sealed class WavFiles
{
    [Theory]
    [InlineData(44_100, 2, 16)]
    [InlineData(48_000, 1, 16)]
    [InlineData(8_000, 1, 8)]
    [InlineData(22_050, 2, 8)]
    public void FormatAndSamplesAreFound(int rate, int channels, int bits)
    {
        byte[] samples = new byte[channels * bits / 8 * 100];
        Assert.Null(WavHeader.TryRead(new MemoryFile(Make(rate, channels, bits, samples)), out WavFormat format));
        Assert.Equal(new WavFormat((uint)rate, (uint)channels, (uint)bits, 44, (ulong)samples.Length), format);
    }

    [Fact]
    public void OneChannelOf8BitsBecomesTwoOf16()
    {
        WavSource source = Open(Make(8_000, 1, 8, [0, 128, 255]));
        short[] samples = new short[8];
        Assert.Equal(3, source.Read(samples));
        Assert.Equal<short>([-32768, -32768, 0, 0, 32512, 32512], samples[..6]);
        Assert.Equal(0, source.Read(samples));
    }

    [Fact]
    public void SamplesOf16BitsStayAsTheyAre()
    {
        WavSource source = Open(Make(44_100, 2, 16, [1, 2, 3, 4]));
        short[] samples = new short[4];
        Assert.Equal(1, source.Read(samples));
        Assert.Equal(0x0201, samples[0]);
        Assert.Equal(0x0403, samples[1]);
    }

    [Theory]
    [InlineData(0u, 40ul)]
    [InlineData(uint.MaxValue, 40ul)]
    [InlineData(20u, 20ul)]
    [InlineData(19u, 16ul)]
    public void AWrongLengthOfSamplesEndsWithTheFile(uint stated, ulong played)
    {
        byte[] file = Make(44_100, 2, 16, new byte[40]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), stated);
        Assert.Null(WavHeader.TryRead(new MemoryFile(file), out WavFormat format));
        Assert.Equal(played, format.LengthBytes);
    }

    [Theory]
    [InlineData(20, 3)]
    [InlineData(22, 0)]
    [InlineData(22, 6)]
    [InlineData(32, 3)]
    [InlineData(34, 24)]
    public void AFormatThatCannotBePlayedIsRefused(int offset, ushort value)
    {
        byte[] file = Make(44_100, 2, 16, new byte[40]);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);
        Assert.NotNull(WavHeader.TryRead(new MemoryFile(file), out _));
    }

    [Fact]
    public void AnyBytesAreAnsweredAndNothingOutsideIsRead()
    {
        Random random = new(1);
        byte[] whole = Make(44_100, 2, 16, new byte[400]);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = whole[..random.Next(whole.Length + 1)];
            for (int change = random.Next(6); change > 0 && file.Length != 0; change--)
            {
                file[random.Next(Math.Min(file.Length, 64))] = (byte)random.Next(256);
            }

            MemoryFile memory = new(file);
            if (WavHeader.TryRead(memory, out WavFormat format) is null)
            {
                Assert.True(format.OffsetBytes + format.LengthBytes <= memory.LengthBytes);
                WavSource source = new(memory, format);
                short[] samples = new short[64];
                int frames = 0;
                for (int read = source.Read(samples); read != 0; read = source.Read(samples))
                {
                    frames += read;
                }

                Assert.Equal(format.LengthBytes / format.FrameBytes, (ulong)frames);
            }
        }
    }

    private static WavSource Open(byte[] file)
    {
        MemoryFile memory = new(file);
        Assert.Null(WavHeader.TryRead(memory, out WavFormat format));
        return new WavSource(memory, format);
    }

    private static byte[] Make(int rate, int channels, int bits, byte[] samples)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((short)(channels * bits / 8));
        writer.Write((short)bits);
        writer.Write("data"u8);
        writer.Write(samples.Length);
        writer.Write(samples);
        return stream.ToArray();
    }
}
