using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Links;

/// <summary>Receives a frame that leaves the link.</summary>
public delegate void FrameSink(ReadOnlySpan<byte> frame);

/// <summary>
/// One direction of a link: frames enter, and leave as their fates want it. A frame that is to be overtaken is held until enough
/// later ones have left, but no longer than <see cref="LongestHold"/>: it may have been the last one.
/// </summary>
public sealed class ImpairedLine(FrameFates fates, FrameSink leaving)
{
    /// <summary>The longest time that a frame is held: far below any time after which a sender sends again.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(5);

    private readonly List<HeldFrame> _held = [];
    private LinkCounts _counts;

    /// <summary>What became of the frames so far.</summary>
    public LinkCounts Counts => _counts;

    /// <summary>When <see cref="Release"/> must be called at the latest; null while no frame is held.</summary>
    public TimeSpan? NextRelease { get; private set; }

    /// <summary>A frame enters.</summary>
    public void Enter(ReadOnlySpan<byte> frame, TimeSpan now)
    {
        FrameFate fate = fates.Next();
        _counts = new LinkCounts(
            _counts.Entered + 1,
            _counts.Lost + (fate.Copies == 0 ? 1 : 0),
            _counts.Duplicated + (fate.Copies > 1 ? 1 : 0),
            _counts.Reordered + (fate.PlacesBack > 0 ? 1 : 0));
        int copies = fate.Copies;
        if (fate.PlacesBack > 0)
        {
            _held.Add(new HeldFrame(frame.ToArray(), now + LongestHold, fate.PlacesBack));
            NextRelease ??= now + LongestHold;
            copies--;
        }

        for (; copies > 0; copies--)
        {
            leaving(frame);
            PassHeldFrames();
        }
    }

    /// <summary>Lets go what has been held for long enough.</summary>
    public void Release(TimeSpan now) => Leave(held => held.Deadline <= now);

    private void PassHeldFrames()
    {
        if (_held.Count > 0)
        {
            _held.ForEach(held => held.PlacesBack--);
            Leave(held => held.PlacesBack <= 0);
        }
    }

    private void Leave(Predicate<HeldFrame> isDue)
    {
        foreach (HeldFrame held in _held.FindAll(isDue))
        {
            _held.Remove(held);
            leaving(held.Bytes);
        }

        // Held for the same time each, so the oldest is due first.
        NextRelease = _held.Count == 0 ? null : _held[0].Deadline;
    }

    private sealed class HeldFrame(byte[] bytes, TimeSpan deadline, int placesBack)
    {
        public byte[] Bytes { get; } = bytes;

        public TimeSpan Deadline { get; } = deadline;

        public int PlacesBack { get; set; } = placesBack;
    }
}
