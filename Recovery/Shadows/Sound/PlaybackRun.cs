using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// One time that the device plays, from its start to its stop: which mixed frames it was given, and how far it is. Frames of the
/// device count from its start, mixed ones from the first ever. The owner guards it.
/// </summary>
internal sealed class PlaybackRun
{
    private const ulong MicrosecondsPerSecond = 1_000_000;
    private const ulong NanosecondsPerMicrosecond = 1000;

    // No crystal is off by as much as one in this number.
    private const ulong Tolerance = 256;

    // What a device may fetch at once.
    private const ulong AheadFrames = 4096;

    private long _startNanoseconds;

    /// <summary>Tells the runs of all instances apart.</summary>
    public uint Number { get; private set; }

    /// <summary>Whether the device was told to play.</summary>
    public bool IsPlaying { get; private set; }

    /// <summary>Whether the device came so near to the end that nothing can be appended any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the device was stopped because nothing was heard of it; its driver does not know.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>The mixed frame that the device begins with.</summary>
    public ulong First { get; private set; }

    /// <summary>Frames that the driver has taken.</summary>
    public ulong Submitted { get; private set; }

    /// <summary>Frames that the device is known to have taken, silence included.</summary>
    public ulong Position { get; private set; }

    /// <summary>When the first frame was given to the driver.</summary>
    public long SubmittedNanoseconds { get; private set; }

    /// <summary>When the position was learnt.</summary>
    public long PositionNanoseconds { get; private set; }

    /// <summary>The mixed frame that is given to the driver next.</summary>
    public ulong NextFrame => First + Submitted;

    /// <summary>The mixed frame before which all are known to be played.</summary>
    public ulong PlayedUntil => First + Math.Min(Position, Submitted);

    /// <summary>Frames that the driver has and the device has not played.</summary>
    public ulong Outstanding => Submitted > Position ? Submitted - Position : 0;

    /// <summary>Begins with the device at rest, its ring empty.</summary>
    public void Begin(ulong firstFrame)
    {
        Number++;
        IsPlaying = false;
        IsClosed = false;
        IsStalled = false;
        First = firstFrame;
        Submitted = 0;
        Position = 0;
    }

    /// <summary>The driver has taken frames.</summary>
    public void NoteSubmitted(uint frames, long nowNanoseconds)
    {
        SubmittedNanoseconds = Submitted == 0 ? nowNanoseconds : SubmittedNanoseconds;
        Submitted += frames;
    }

    /// <summary>The driver can take no frame.</summary>
    public void Close() => IsClosed = true;

    /// <summary>The device was stopped behind its driver's back.</summary>
    public void Stall() => IsStalled = true;

    /// <summary>The device is told to play.</summary>
    public void Start(long nowNanoseconds)
    {
        IsPlaying = true;
        PositionNanoseconds = nowNanoseconds;
        _startNanoseconds = nowNanoseconds;
    }

    /// <summary>
    /// The driver says how far the device is. False if it cannot be: further than once around the ring at a time, or further than it
    /// can have played since it was started. That the report is late can only make it better.
    /// </summary>
    public bool TryAdvance(ulong position, uint ringFrames, long nowNanoseconds)
    {
        if (position > Position + ringFrames || position > GetPossibleFrames(nowNanoseconds))
        {
            return false;
        }

        // An older report can arrive after a newer one.
        Position = Math.Max(position, Position);
        PositionNanoseconds = nowNanoseconds;
        return true;
    }

    /// <summary>The most frames that the device can have taken since it was started.</summary>
    public ulong GetPossibleFrames(long nowNanoseconds)
    {
        if (!IsPlaying)
        {
            return 0;
        }

        ulong microseconds = (ulong)Math.Max(0, nowNanoseconds - _startNanoseconds) / NanosecondsPerMicrosecond;
        ulong frames = microseconds * SoundFormat.Mix.FramesPerSecond / MicrosecondsPerSecond;
        return frames + (frames / Tolerance) + AheadFrames;
    }

    /// <summary>The device was stopped without its driver, so far from the start of the ring; null if nobody knows.</summary>
    public void Halt(uint? offsetFrames, uint ringFrames)
    {
        if (IsPlaying && offsetFrames is { } offset && offset < ringFrames)
        {
            Position += (offset + ringFrames - (Position % ringFrames)) % ringFrames;
        }

        IsPlaying = false;
    }
}
