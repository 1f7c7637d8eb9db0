using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// How long frames of a stream may gather before they are moved, so that a call carries many of them though they come one by one:
/// a step longer while too few come, and a step shorter when there are enough. A step that has brought no more is taken back, since
/// the sender then waits for what has gathered; and frames that are no stream, which somebody may wait for, never gather.
/// </summary>
internal sealed class StreamGathering(NetworkShadowOptions options)
{
    // So many rounds are judged together: what one of them brings says little.
    private const int RoundsJudged = 4;

    // A longer wait brings more by a part of this.
    private const ulong LeastGrowth = 10;

    // After so many judgments a step that was taken back is tried again: the sender may be another one.
    private const int Patience = 8;

    private int _steps;
    private int _rounds;
    private ulong _frames;
    private ulong _framesBeforeStep;
    private int _patience;

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
            _steps = 0;
            _patience = 0;
            Begin(0);
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
            _steps = Math.Max(_steps - 1, 0);
            Begin(0);
        }
        else if (_frames < _framesBeforeStep + (_framesBeforeStep / LeastGrowth))
        {
            _steps--;
            _patience = Patience;
            Begin(0);
        }
        else if (_patience != 0 || _steps == options.GatherSteps)
        {
            _patience = Math.Max(_patience - 1, 0);
            Begin(0);
        }
        else
        {
            _steps++;
            Begin(_frames);
        }
    }

    private void Begin(ulong framesBeforeStep)
    {
        _framesBeforeStep = framesBeforeStep;
        _rounds = 0;
        _frames = 0;
    }
}
