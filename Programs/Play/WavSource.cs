using System;
using System.Buffers.Binary;

namespace NooksOS.Programs.Play;

/// <summary>
/// The frames of a WAV file as two channels of 16 bits: samples of 16 bits as they are, those of 8 bits in the upper half, and one
/// channel on both sides.
/// </summary>
internal sealed class WavSource(IByteFile file, WavFormat format) : IFrameSource
{
    private const int RoundFrames = 1024;
    private const int ByteMiddle = 128;
    private const int ByteShift = 8;

    private readonly byte[] _bytes = new byte[RoundFrames * format.FrameBytes];
    private ulong _doneBytes;

    /// <inheritdoc/>
    public uint FramesPerSecond => format.FramesPerSecond;

    /// <inheritdoc/>
    public int Read(Span<short> samples)
    {
        ulong wanted = Math.Min((ulong)Math.Min(samples.Length / 2, RoundFrames) * format.FrameBytes, format.LengthBytes - _doneBytes);
        int bytes = file.Read(format.OffsetBytes + _doneBytes, _bytes.AsSpan(0, (int)wanted));
        int frames = bytes / (int)format.FrameBytes;
        for (int frame = 0; frame < frames; frame++)
        {
            samples[2 * frame] = Sample(frame * (int)format.Channels);
            samples[(2 * frame) + 1] = Sample((frame * (int)format.Channels) + (int)format.Channels - 1);
        }

        _doneBytes += (ulong)frames * format.FrameBytes;
        return frames;
    }

    private short Sample(int index) => format.BitsPerSample == 8
        ? (short)((_bytes[index] - ByteMiddle) << ByteShift)
        : BinaryPrimitives.ReadInt16LittleEndian(_bytes.AsSpan(index * sizeof(short)));
}
