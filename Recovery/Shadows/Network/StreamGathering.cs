using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// How long frames of a stream may gather before they are moved, so that a call carries many of them though they come one by one:
/// a step longer while too few come, and a step shorter when there are enough. A step that brings no more than there was without it is
/// taken back, since the sender then waits for what has gathered; and frames that are no stream, which somebody may wait for, never
/// gather.
/// </summary>
internal sealed class StreamGathering(NetworkShadowOptions options)
{
    // So many rounds are judged together: what one of them brings says little.
    private const int RoundsJudged = 4;

    // A step is worth its time if it brings more by a part of this.
    private const ulong LeastGrowth = 10;

    // After so many judgments another step is tried: the sender may be another one. Each time that it was in vain after twice as many,
    // since to find that out costs the sender time.
    private const int FirstPatience = 8;
    private const int LongestPatience = 512;

    private int _steps;
    private int _change;
    private bool _triesLess;
    private int _rounds;
    private ulong _frames;
    private ulong _framesBefore;
    private int _patience;
    private int _nextPatience = FirstPatience;

    /// <summary>How long to wait before the next round.</summary>
    public long Nanoseconds => _steps * options.GatherStepNanoseconds;

    /// <summary>Judges what one round has moved.</summary>
    /// <param name="moved">Frames that it has moved.</param>
    public void Judge(FrameCount moved)
    {
        bool isStream = moved.Frames >= (ulong)options.BusyFrames
            && moved.Bytes >= moved.Frames * (ulong)options.StreamFrameBytes;
        if (!isStream)
        {
            _patience = 0;
            _nextPatience = FirstPatience;
            Settle(-_steps);
            return;
        }

        _rounds++;
        _frames += moved.Frames;
        if (_rounds == RoundsJudged)
        {
            JudgeRounds();
        }
    }

    private void JudgeRounds()
    {
        if (_frames >= (ulong)(RoundsJudged * options.EnoughFrames))
        {
            // Whatever comes of a shorter wait, this was enough.
            Settle(_steps == 0 ? 0 : -1);
        }
        else if (_change != 0)
        {
            JudgeChange();
        }
        else if (_patience != 0)
        {
            _patience--;
            Settle(0);
        }
        else
        {
            _triesLess = _steps == options.GatherSteps || (_triesLess && _steps != 0);
            Change(_triesLess ? -1 : 1);
        }
    }

    // The longer wait is the better one if it brings clearly more than the shorter one, whichever of them was tried.
    private void JudgeChange()
    {
        bool wasLonger = _change > 0;
        (ulong less, ulong more) = wasLonger ? (_framesBefore, _frames) : (_frames, _framesBefore);
        bool isLongerBetter = more >= less + (less / LeastGrowth);
        if (isLongerBetter == wasLonger)
        {
            _nextPatience = FirstPatience;
            Settle(0);
            return;
        }

        _triesLess = wasLonger;
        _patience = _nextPatience;
        _nextPatience = Math.Min(2 * _nextPatience, LongestPatience);
        Settle(-_change);
    }

    // Goes on with a wait that is longer or shorter by so many steps, whatever comes of it.
    private void Settle(int steps)
    {
        Change(steps);
        _change = 0;
    }

    private void Change(int steps)
    {
        _steps += steps;
        _change = steps;
        _framesBefore = _frames;
        _rounds = 0;
        _frames = 0;
    }
}
