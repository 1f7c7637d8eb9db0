namespace NooksOS.Isolation;

/// <summary>
/// Finds a line that is asserted again and again with little work or none being done: the driver does not make its device let go.
/// Arithmetic only, so an interrupt handler may call it.
/// </summary>
/// <param name="options">
/// Bounds. No time is enough by itself: a machine that is not run by its host would seem to bear a storm. Nor is a number: it would let
/// a slow machine bear one for long.
/// </param>
public sealed class InterruptStormDetector(InterruptStormOptions options)
{
    /// <summary>
    /// So many interrupts are forgiven for each time that work was done since the last. Not all: a line that nobody makes let go storms
    /// on while its driver does its other work.
    /// </summary>
    public const uint ForgivenForWork = 8;

    private long _sinceNanoseconds;
    private uint _interrupts;
    private ulong _work;

    /// <summary>Counts an interrupt. True if it is a storm; the count starts anew then.</summary>
    /// <param name="nowNanoseconds">The time.</param>
    /// <param name="quietNanoseconds">
    /// How long the line was not asserted before, though it could have been. The time between two interrupts would not do: a line is masked
    /// while others who use it are called, and nobody knows then whether it was let go.
    /// </param>
    /// <param name="work">Any count of work done for the device. Only its changes matter.</param>
    public bool Count(long nowNanoseconds, long quietNanoseconds, ulong work)
    {
        if (quietNanoseconds >= options.RestNanoseconds)
        {
            // Not all: another call of the driver may have made its device let go by chance.
            _interrupts /= 2;
        }
        else if (work != _work)
        {
            _interrupts -= uint.Min(_interrupts, ForgivenForWork);
        }

        _work = work;
        if (_interrupts++ == 0)
        {
            _sinceNanoseconds = nowNanoseconds;
        }

        bool isStorm = _interrupts >= options.MostInterrupts
            || (_interrupts >= options.EnoughInterrupts && nowNanoseconds - _sinceNanoseconds >= options.LongNanoseconds);
        if (isStorm)
        {
            _interrupts = 0;
        }

        return isStorm;
    }
}
