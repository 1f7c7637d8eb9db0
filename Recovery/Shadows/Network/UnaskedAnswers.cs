using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Finds a driver that brings more answers than anybody has asked for: as one does that brings an old frame again each time it is looked after,
/// or has its device send again what it has sent before. Each answer is a sign of life, so that it seems to be well. The owner guards it.
/// </summary>
/// <remarks>
/// A network may double a frame, several stations may think that they have an address, and some tell theirs unasked, now and then. Somebody may
/// even do so as fast as the line allows: so that costs a single restart, a driver is blamed once in a while only.
/// </remarks>
internal sealed class UnaskedAnswers
{
    /// <summary>As many answers to one question are nobody's fault.</summary>
    public const int AnswersPerQuestion = 4;

    /// <summary>How many more there must be.</summary>
    public const int Patience = 64;

    private const long ForgottenEachNanoseconds = 50_000_000;

    private uint _instance;
    private long _excess;
    private long _forgottenNanoseconds;
    private VerdictPause _pause;

    /// <summary>A question leaves.</summary>
    public void NoteQuestion() => _excess -= AnswersPerQuestion;

    /// <summary>An answer comes.</summary>
    public void NoteAnswer() => _excess++;

    /// <summary>Whether the instance that there is brings far too many. Called again and again.</summary>
    public bool TakeVerdict(uint instance, long nowNanoseconds)
    {
        bool isReplaced = instance != _instance;
        long forgotten = (nowNanoseconds - _forgottenNanoseconds) / ForgottenEachNanoseconds;
        _forgottenNanoseconds += forgotten * ForgottenEachNanoseconds;
        _instance = instance;
        _excess = isReplaced ? 0 : Math.Max(0, _excess - forgotten);
        if (_excess < Patience || !_pause.IsOver(nowNanoseconds))
        {
            return false;
        }

        _excess = 0;
        _pause.Begin(nowNanoseconds);
        return true;
    }
}
