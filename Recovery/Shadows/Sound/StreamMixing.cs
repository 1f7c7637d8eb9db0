using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The streams, and what was made of them and not played yet: a copy of what a driver has, from which the next one is given
/// what the last one did not play. The owner guards it.
/// </summary>
internal sealed class StreamMixing(SoundShadowOptions options)
{
    private const int RoundFrames = 1024;

    private readonly List<SoundStream> _streams = [];
    private readonly Mixer _mixer = new(RoundFrames);
    private readonly byte[] _piece = new byte[RoundFrames * SoundFormat.Mix.FrameBytes];

    /// <summary>The open streams.</summary>
    public IReadOnlyList<SoundStream> Streams => _streams;

    /// <summary>The mixed frames that are not known to be played.</summary>
    public FrameBuffer Mixed { get; } = new(options.LeadFrames);

    /// <summary>The volume of everything.</summary>
    public uint MasterVolume { get; set; } = SoundLimits.FullVolume;

    /// <summary>Whether a stream may still get frames that are wanted now.</summary>
    public bool ExpectsMore
    {
        get
        {
            foreach (SoundStream stream in _streams)
            {
                if (!stream.IsDraining || stream.Frames.Count != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Add(SoundStream stream) => _streams.Add(stream);

    public void Remove(SoundStream stream) => _streams.Remove(stream);

    /// <summary>The device has played the frames before a number.</summary>
    public void NotePlayed(ulong number)
    {
        ulong before = Mixed.First;
        Mixed.DiscardBefore(number);
        if (Mixed.First == before)
        {
            return;
        }

        foreach (SoundStream stream in _streams)
        {
            if (stream.IsDraining)
            {
                stream.Waiters.WakeAll();
            }
        }
    }

    /// <summary>Mixes as far ahead as is wanted and there are frames for.</summary>
    public void Mix()
    {
        while (NextRound() is > 0 and uint frames)
        {
            _mixer.Clear();
            foreach (SoundStream stream in _streams)
            {
                Add(stream, frames);
            }

            Mixed.Append(_mixer.Finish((int)frames, MasterVolume));
        }
    }

    /// <summary>How many frames every stream that has any can give now; zero if none has, or one is waited for.</summary>
    private uint NextRound()
    {
        uint room = Math.Min(Mixed.Room, RoundFrames);
        uint frames = 0;
        foreach (SoundStream stream in _streams)
        {
            uint available = stream.Frames.Count;
            if (available != 0)
            {
                frames = frames == 0 ? available : Math.Min(frames, available);
            }
            else if (!stream.IsDraining && stream.MixedUntil != 0 && Mixed.Count >= options.PatienceFrames)
            {
                return 0;
            }
        }

        return Math.Min(frames, room);
    }

    private void Add(SoundStream stream, uint frames)
    {
        uint taken = stream.Frames.CopyFrom(stream.Frames.First, _piece.AsSpan(0, (int)(frames * SoundFormat.Mix.FrameBytes)));
        if (taken == 0)
        {
            return;
        }

        _mixer.Add(_piece.AsSpan(0, (int)(taken * SoundFormat.Mix.FrameBytes)), stream.Volume);
        stream.Frames.DiscardBefore(stream.Frames.First + taken);
        stream.MixedUntil = Mixed.End + taken;
        stream.Waiters.WakeAll();
    }
}
