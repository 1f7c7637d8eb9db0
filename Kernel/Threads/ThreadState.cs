namespace NooksOS.Kernel.Threads;

/// <summary>What a thread is doing.</summary>
public enum ThreadState : uint
{
    /// <summary>Waiting for the processor in the run queue, or running.</summary>
    Ready = 0,

    /// <summary>Waiting for a key to be woken, or for a time; nothing else ends it.</summary>
    Waiting,

    /// <summary>Waiting on behalf of a domain, in a service of the kernel. Ends at once when the domain is being stopped.</summary>
    WaitingForDomain,

    /// <summary>
    /// As <see cref="WaitingForDomain"/>, for a device, which takes as long as it takes. The watchdog does not count this against
    /// anybody: whoever drives the device is watched by other means.
    /// </summary>
    WaitingForDevice,

    /// <summary>Waiting to enter a domain that another thread is in. The watchdog does not count this against anybody.</summary>
    WaitingForMonitor,

    /// <summary>Over; its memory is freed by the next thread that is made or by the idle thread.</summary>
    Ended,
}
