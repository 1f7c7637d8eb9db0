using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Finds a driver that brings the same frames again and again, as one does that no longer sees where the filled part of its ring ends:
/// it never comes to rest, and nothing new comes of it. The owner guards it.
/// </summary>
/// <remarks>
/// What comes now and then may well be the same each time: a neighbour's answer to the same question. And somebody may send one frame as
/// fast as the line carries it: so that costs a single restart, a driver is blamed once in a while only.
/// </remarks>
internal sealed class RepetitionWatch
{
    private const int Places = 1024;
    private const int FramesJudged = 256;
    private const int MostRepetitions = FramesJudged * 3 / 4;

    // Addresses, identification, numbers and checksums: what makes a frame another one.
    private const int BytesLookedAt = 64;

    private readonly ulong[] _seen = new ulong[Places];
    private uint _instance;
    private int _frames;
    private int _repetitions;
    private bool _isBroken;
    private VerdictPause _pause;

    /// <summary>Looks at a frame that an instance of the driver brought.</summary>
    public void Heard(ReadOnlySpan<byte> frame, uint instance)
    {
        if (instance != _instance)
        {
            _instance = instance;
            Begin();
        }

        ulong mark = FrameNumber.Of(frame[..Math.Min(frame.Length, BytesLookedAt)]) + (ulong)frame.Length;
        ref ulong place = ref _seen[mark % Places];
        _repetitions += place == mark ? 1 : 0;
        place = mark;
        _frames++;
        if (_frames == FramesJudged)
        {
            bool isBroken = _repetitions > MostRepetitions;
            Begin();
            _isBroken = isBroken;
        }
    }

    /// <summary>Whether the instance that is asked for brings little else than repetitions, and no end of them. True once.</summary>
    /// <param name="instance">The instance that there is.</param>
    /// <param name="isAtRest">Whether it had nothing more to bring.</param>
    /// <param name="nowNanoseconds">Now.</param>
    public bool TakeVerdict(uint instance, bool isAtRest, long nowNanoseconds)
    {
        bool isBroken = _isBroken && !isAtRest && instance == _instance && _pause.IsOver(nowNanoseconds);
        _isBroken = false;
        if (isAtRest)
        {
            Begin();
        }

        if (isBroken)
        {
            _pause.Begin(nowNanoseconds);
        }

        return isBroken;
    }

    private void Begin()
    {
        _frames = 0;
        _repetitions = 0;
        _isBroken = false;
    }
}
