namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The time after a driver was blamed for what need not be its own fault, in which it is not blamed for that again: so it costs a single
/// restart. The owner guards it.
/// </summary>
internal struct VerdictPause
{
    private const long LengthNanoseconds = 60_000_000_000;

    private long _endNanoseconds;

    /// <summary>Whether somebody may be blamed.</summary>
    public readonly bool IsOver(long nowNanoseconds) => nowNanoseconds >= _endNanoseconds;

    /// <summary>Somebody was blamed.</summary>
    public void Begin(long nowNanoseconds) => _endNanoseconds = nowNanoseconds + LengthNanoseconds;
}
