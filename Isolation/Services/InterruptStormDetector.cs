namespace NooksOS.Isolation;

/// <summary>
/// Finds a line that is asserted again and again without any work being done: the driver does not make its device let go.
/// Arithmetic only, so an interrupt handler may call it.
/// </summary>
/// <param name="maximumInterrupts">So many interrupts without work are one too many.</param>
/// <param name="windowNanoseconds">Within this time.</param>
public sealed class InterruptStormDetector(uint maximumInterrupts, long windowNanoseconds)
{
    private long _windowStartNanoseconds = long.MinValue;
    private uint _interrupts;
    private ulong _work;

    /// <summary>Counts an interrupt. True if it is a storm; the count starts anew then.</summary>
    /// <param name="nowNanoseconds">The time.</param>
    /// <param name="work">Any count of work done for the device. Only its changes matter.</param>
    public bool Count(long nowNanoseconds, ulong work)
    {
        if (work != _work || nowNanoseconds >= _windowStartNanoseconds + windowNanoseconds || _interrupts == 0)
        {
            _work = work;
            _windowStartNanoseconds = nowNanoseconds;
            _interrupts = 0;
        }

        if (++_interrupts < maximumInterrupts)
        {
            return false;
        }

        _interrupts = 0;
        return true;
    }
}
