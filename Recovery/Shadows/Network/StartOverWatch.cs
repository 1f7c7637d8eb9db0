using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Finds a driver that takes its device down and brings it up again with nearly every exchange, as one does that believes to see a failure
/// where there is none. It goes on, and even frames pass: but what arrives meanwhile is lost, and who waits for it waits for long. The owner
/// guards it.
/// </summary>
/// <remarks>
/// A device may fail once, and it may be the device: so that costs a single restart, a driver is blamed once in a while only. What users ask for,
/// such as another filter, is no exchange, and who tells of a link that came or went may have to start over for that.
/// </remarks>
internal sealed class StartOverWatch
{
    /// <summary>As many exchanges without make up for one with.</summary>
    public const int ExchangesBetween = 8;

    private const int Patience = 8 * ExchangesBetween;

    private static readonly Func<ulong> s_never = static () => 0;

    private Func<ulong> _countStarts = s_never;
    private ulong _starts;
    private int _excess;
    private bool _isBroken;
    private VerdictPause _pause;

    /// <summary>From now on another instance is watched.</summary>
    /// <param name="countStarts">How often it has brought its device up.</param>
    public void Meet(Func<ulong> countStarts)
    {
        _countStarts = countStarts;
        _excess = 0;
        _isBroken = false;
    }

    /// <summary>Nobody is watched.</summary>
    public void Forget() => Meet(s_never);

    /// <summary>An exchange begins.</summary>
    public void Begin() => _starts = _countStarts();

    /// <summary>It has ended.</summary>
    /// <param name="hasToldLink">Whether a change of the link was told meanwhile.</param>
    public void End(bool hasToldLink)
    {
        bool hasStartedOver = _countStarts() != _starts && !hasToldLink;
        _excess = Math.Max(0, _excess + (hasStartedOver ? ExchangesBetween : -1));
        _isBroken |= _excess >= Patience;
    }

    /// <summary>Whether the instance does little else than starting over. True once.</summary>
    public bool TakeVerdict(long nowNanoseconds)
    {
        bool isBroken = _isBroken && _pause.IsOver(nowNanoseconds);
        if (_isBroken)
        {
            _isBroken = false;
            _excess = 0;
        }

        if (isBroken)
        {
            _pause.Begin(nowNanoseconds);
        }

        return isBroken;
    }
}
