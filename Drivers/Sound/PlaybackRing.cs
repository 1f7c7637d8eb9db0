using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Sound;

/// <summary>
/// The memory that the device plays from, round and round. What it has played is made silent at once, so that a device which
/// gets nothing more plays silence and never a frame twice. Touches no register; believes no position outside the ring.
/// </summary>
public sealed class PlaybackRing(DmaBuffer memory)
{
    private static readonly uint s_frameBytes = SoundFormat.Mix.FrameBytes;

    /// <summary>Where the device sees the ring.</summary>
    public ulong DeviceAddress => memory.DeviceAddress;

    /// <summary>Frames that were written since the device was started.</summary>
    public ulong WrittenFrames { get; private set; }

    /// <summary>Frames that the device has taken since it was started, silence included.</summary>
    public ulong PositionFrames { get; private set; }

    /// <summary>Empties the ring for a device that stands still and will begin at its start.</summary>
    public void Reset()
    {
        memory.Bytes.Clear();
        WrittenFrames = 0;
        PositionFrames = 0;
    }

    /// <summary>Appends whole frames. Returns how many there was room for.</summary>
    /// <param name="samples">The frames.</param>
    /// <param name="isPlaying">Whether the device is playing, so that frames which it might miss must not be written.</param>
    public uint Write(ReadOnlySpan<byte> samples, bool isPlaying)
    {
        if (isPlaying && WrittenFrames < PositionFrames + RingLayout.GuardFrames)
        {
            return 0;
        }

        uint room = RingLayout.LengthFrames - (uint)(WrittenFrames - PositionFrames);
        uint frames = Math.Min((uint)samples.Length / s_frameBytes, room);
        uint offset = Offset(WrittenFrames);
        uint first = Math.Min(frames, RingLayout.LengthFrames - offset);
        samples[..Bytes(first)].CopyTo(memory.Bytes[Bytes(offset)..]);
        samples[Bytes(first)..Bytes(frames)].CopyTo(memory.Bytes);
        WrittenFrames += frames;
        return frames;
    }

    /// <summary>Takes over how far the device is, in frames from the start of the ring.</summary>
    public void Advance(uint offsetFrames)
    {
        uint old = Offset(PositionFrames);
        uint played = Offset((ulong)offsetFrames + RingLayout.LengthFrames - old);
        uint first = Math.Min(played, RingLayout.LengthFrames - old);
        memory.Bytes.Slice(Bytes(old), Bytes(first)).Clear();
        memory.Bytes[..Bytes(played - first)].Clear();
        PositionFrames += played;

        // What is written next goes behind the device, not to where it has been.
        WrittenFrames = Math.Max(WrittenFrames, PositionFrames);
    }

    private static uint Offset(ulong frames) => (uint)(frames % RingLayout.LengthFrames);

    private static int Bytes(uint frames) => (int)(frames * s_frameBytes);
}
