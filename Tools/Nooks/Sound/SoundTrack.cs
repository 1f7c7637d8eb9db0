using System;
using System.Buffers.Binary;
using System.IO;

namespace NooksOS.Tool.Sound;

/// <summary>A track that tells where it is: no frame of it is silent, and each follows from a seed and its place.</summary>
public static class SoundTrack
{
    private const int FramesPerSecond = 44_100;
    private const int FrameBytes = 4;
    private const int HeaderBytes = 44;

    private static ReadOnlySpan<byte> DataTag => "data"u8;

    /// <summary>Makes the frames.</summary>
    public static byte[] Make(TimeSpan duration, int seed)
    {
        Random random = new(seed);
        byte[] frames = new byte[(int)(duration.TotalSeconds * FramesPerSecond) * FrameBytes];
        for (int offset = 0; offset < frames.Length; offset += sizeof(short))
        {
            int sample = random.Next(1, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(frames.AsSpan(offset), (short)(random.Next(2) == 0 ? sample : -sample));
        }

        return frames;
    }

    /// <summary>Writes frames as a WAV file of two channels of 16 bits.</summary>
    public static void Write(string file, ReadOnlySpan<byte> frames)
    {
        using FileStream stream = File.Create(file);
        using BinaryWriter writer = new(stream);
        writer.Write("RIFF"u8);
        writer.Write(HeaderBytes - 8 + frames.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)2);
        writer.Write(FramesPerSecond);
        writer.Write(FramesPerSecond * FrameBytes);
        writer.Write((short)FrameBytes);
        writer.Write((short)16);
        writer.Write(DataTag);
        writer.Write(frames.Length);
        writer.Write(frames);
    }

    /// <summary>Reads the frames of a file that the emulator has recorded: everything behind the header, whose lengths it may not have set.</summary>
    public static byte[] ReadRecorded(string file)
    {
        byte[] content = File.ReadAllBytes(file);
        int data = content.AsSpan().IndexOf(DataTag);
        return data < 0 ? [] : content[(data + DataTag.Length + sizeof(int))..];
    }
}
