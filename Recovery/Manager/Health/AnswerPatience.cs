using System;

namespace NooksOS.Recovery;

/// <summary>
/// How long an answer is waited for, judged by what the processor did meanwhile. Who does not answer though the processor has nothing else to
/// do has forgotten the question. Who does not although he has worked for much longer than ever for an answer is busy with something that
/// does not end, the sooner if nothing comes of it for anybody. And while the processor has other things to do, which may be the answer, he
/// is waited for, up to a bound.
/// </summary>
/// <remarks>
/// Only ticks count, never the clock: a machine that is not run by its host is not impatient. The first answer of an instance is not
/// measured against anything, because an emulator translates all of its code then.
/// </remarks>
public sealed class AnswerPatience
{
    /// <summary>Idle ticks after which nothing will come any more. Between two turns of a stack's timer, which may be the answer, are ten.</summary>
    public const ulong IdleTicks = 12;

    /// <summary>The same when the question is repeated: the timer has had its turn.</summary>
    public const ulong IdleTicksAgain = 6;

    /// <summary>Ticks that an answer may take in any case while the processor is busy.</summary>
    public const ulong MostTicks = 400;

    /// <summary>Ticks that whoever is asked may work in any case, for others as well.</summary>
    public const ulong LeastWorkTicks = 50;

    /// <summary>Ticks that whoever is asked may work without any effect.</summary>
    public const ulong VainWorkTicks = 30;

    private const ulong WorkFactor = 8;
    private const ulong Forgetfulness = 16;

    private ProcessorTicks _start;
    private ulong _idleTicks = IdleTicks;
    private ulong _workTicks = MostTicks;
    private ulong _longestWork = MostTicks;
    private ulong _effects;
    private ulong _workAtEffect;
    private bool _isMeasured;

    /// <summary>Ticks of work after which no answer is expected any more.</summary>
    public ulong WorkBoundTicks => Math.Clamp(WorkFactor * _longestWork, LeastWorkTicks, MostTicks);

    /// <summary>A question is asked.</summary>
    /// <param name="now">Now.</param>
    /// <param name="effects">Counts what comes of the work of whoever is asked, for whomever.</param>
    /// <param name="isAgain">Whether it has just been asked in vain.</param>
    public void Begin(in ProcessorTicks now, ulong effects, bool isAgain = false)
    {
        _start = now;
        _effects = effects;
        _workAtEffect = now.Asked;
        _idleTicks = isAgain ? IdleTicksAgain : IdleTicks;
        _workTicks = WorkBoundTicks;
    }

    /// <summary>Whether it has been long enough.</summary>
    public bool IsOver(in ProcessorTicks now, ulong effects)
    {
        if (effects != _effects)
        {
            _effects = effects;
            _workAtEffect = now.Asked;
        }

        ProcessorTicks taken = now - _start;
        return taken.Idle >= _idleTicks || taken.Asked >= _workTicks || taken.All >= MostTicks || WorksInVain(now);
    }

    /// <summary>Whether that is because nobody works at it.</summary>
    public bool IsForgotten(in ProcessorTicks now) => (now - _start).Idle >= _idleTicks;

    /// <summary>Whether that is because of what whoever is asked does himself: then nobody else needs to be looked at.</summary>
    public bool WorksInVain(in ProcessorTicks now) => _isMeasured && now.Asked - _workAtEffect >= VainWorkTicks;

    /// <summary>The question was answered, and rightly.</summary>
    public void NoteAnswer(in ProcessorTicks now)
    {
        ulong work = (now - _start).Asked;
        _longestWork = _isMeasured ? Math.Max(work, _longestWork - (_longestWork / Forgetfulness)) : work;
        _isMeasured = true;
    }

    /// <summary>Somebody else is asked from now on.</summary>
    public void Forget()
    {
        _longestWork = MostTicks;
        _isMeasured = false;
    }
}
