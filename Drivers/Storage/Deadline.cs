using NooksOS.Contracts;

namespace NooksOS.Drivers.Storage;

/// <summary>
/// Bounds a loop that reads a register until it changes. To ask for the time is a call to the kernel, so that it is done once in
/// many reads.
/// </summary>
public struct Deadline
{
    private const int ReadsPerLookAtTheClock = 32;

    private readonly IExtensionServices _services;
    private readonly long _endNanoseconds;
    private int _readsLeft;

    /// <param name="services">Tells the time.</param>
    /// <param name="durationNanoseconds">How long the loop may take.</param>
    public Deadline(IExtensionServices services, long durationNanoseconds)
    {
        _services = services;
        _endNanoseconds = services.MonotonicNanoseconds + durationNanoseconds;
        _readsLeft = ReadsPerLookAtTheClock;
    }

    /// <summary>Whether the time is over. Asked once in each turn of the loop.</summary>
    public bool HasPassed()
    {
        if (--_readsLeft > 0)
        {
            return false;
        }

        _readsLeft = ReadsPerLookAtTheClock;
        return _services.MonotonicNanoseconds >= _endNanoseconds;
    }
}
