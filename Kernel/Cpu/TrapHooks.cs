namespace NooksOS.Kernel.Cpu;

/// <summary>
/// Where the layers above take part in traps. Function pointers, because an interrupt handler must not touch the heap; each
/// runs with interrupts off, must not wait and must not throw.
/// </summary>
public static unsafe class TrapHooks
{
    /// <summary>An exception was raised inside a domain. The domain's state decides how the frame goes on.</summary>
    public static delegate*<TrapFrame*, void> DomainException;

    /// <summary>One tick of the timer: the frame that was interrupted, and the time.</summary>
    public static delegate*<TrapFrame*, long, void> Tick;

    /// <summary>The kernel itself cannot go on.</summary>
    public static delegate*<TrapFrame*, void> FatalException;
}
