namespace NooksOS.Isolation;

/// <summary>
/// Finds a line that is asserted again and again with little work or none being done: the driver does not make its device let go.
/// Arithmetic only, so an interrupt handler may call it.
/// </summary>
/// <param name="maximumInterrupts">So many interrupts without work are one too many.</param>
/// <param name="restNanoseconds">
/// Unless the line rests for as long between two of them. A time for all of them together would let a slow machine bear a storm
/// for ever.
/// </param>
public sealed class InterruptStormDetector(uint maximumInterrupts, long restNanoseconds)
{
    /// <summary>
    /// So many interrupts are forgiven for each time that work was done since the last. Not all: a line that nobody makes let go storms
    /// on while its driver does its other work.
    /// </summary>
    public const uint ForgivenForWork = 8;

    private long _lastNanoseconds;
    private uint _interrupts;
    private ulong _work;

    /// <summary>Counts an interrupt. True if it is a storm; the count starts anew then.</summary>
    /// <param name="nowNanoseconds">The time.</param>
    /// <param name="work">Any count of work done for the device. Only its changes matter.</param>
    public bool Count(long nowNanoseconds, ulong work)
    {
        if (nowNanoseconds - _lastNanoseconds >= restNanoseconds)
        {
            _interrupts = 0;
        }
        else if (work != _work)
        {
            _interrupts -= uint.Min(_interrupts, ForgivenForWork);
        }

        _work = work;
        _lastNanoseconds = nowNanoseconds;
        if (++_interrupts < maximumInterrupts)
        {
            return false;
        }

        _interrupts = 0;
        return true;
    }
}
