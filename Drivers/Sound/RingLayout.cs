using NooksOS.Contracts;

namespace NooksOS.Drivers.Sound;

/// <summary>The ring that every sound driver gives its device.</summary>
public static class RingLayout
{
    /// <summary>
    /// Frames of the ring, 0.74 s: a driver that is late by less than that loses nothing, and a device that gets no more samples
    /// for less than that plays silence instead of old ones. All that a channel of the ISA DMA controller can reach, and far more
    /// than the kernel lets a device play unseen.
    /// </summary>
    public const uint LengthFrames = 32 * 1024;

    /// <summary>Frames between two interrupts, 23 ms.</summary>
    public const uint PeriodFrames = 1024;

    /// <summary>
    /// How near to the last frame the device may come while more are still appended, 93 ms: what it may fetch at once, and the
    /// time in which a driver that dies while it appends is stopped, even if it only stops answering, which takes 50 ms to notice.
    /// Nobody is told of frames that it appended then, so they must not be played before the device stands still.
    /// </summary>
    public const uint GuardFrames = 4 * PeriodFrames;

    /// <summary>Length of the ring in the one format.</summary>
    public static uint LengthBytes => LengthFrames * SoundFormat.Mix.FrameBytes;

    /// <summary>The ring as the kernel is told of it.</summary>
    public static SoundRing Ring => new(LengthFrames, PeriodFrames);
}
