using System;
using System.Runtime.InteropServices;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;
using ThreadPriority = NooksOS.Kernel.Threads.ThreadPriority;
using ThreadState = NooksOS.Kernel.Threads.ThreadState;

namespace NooksOS.Isolation;

/// <summary>A periodic timer of a domain, carried by a thread of its own.</summary>
public sealed unsafe class DomainTimer : TrackedObject
{
    private const long MinimumPeriodNanoseconds = 1_000_000;

    // Above every address; below come the generations of handles, which are unique.
    private const ulong KeyBase = 0x7100_0000_0000_0000;

    private readonly Domain _domain;
    private readonly long _periodNanoseconds;
    private bool _closed;

    private DomainTimer(Domain domain, long periodNanoseconds)
        : base(TrackedKind.Timer)
    {
        _domain = domain;
        _periodNanoseconds = periodNanoseconds;
    }

    /// <inheritdoc/>
    public override string Description => $"every {_periodNanoseconds / 1_000_000} ms";

    private ulong Key => KeyBase | Generation;

    /// <summary>Makes a timer. A period below a millisecond is a bad parameter.</summary>
    public static CallResult<Handle<TrackedObjects.Timer>> Create(Domain domain, long periodNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (periodNanoseconds < MinimumPeriodNanoseconds)
        {
            return CallResult<Handle<TrackedObjects.Timer>>.Failure(CallStatus.BadParameter);
        }

        DomainTimer timer = new(domain, periodNanoseconds);
        CallResult<Handle<TrackedObjects.Timer>> added = domain.Objects.Add<TrackedObjects.Timer>(timer);
        if (added.Succeeded)
        {
            GCHandle self = GCHandle.Alloc(timer);
            if (KernelThread.Create("timer"u8, ThreadPriority.Normal, &Run, (nuint)GCHandle.ToIntPtr(self)) == null)
            {
                self.Free();
                domain.Objects.Release(timer.Slot, timer.Generation);
                return CallResult<Handle<TrackedObjects.Timer>>.Failure(CallStatus.QuotaExceeded);
            }
        }

        return added;
    }

    /// <inheritdoc/>
    protected override bool Release()
    {
        // The thread ends now and not at the end of a period: its stack would be missed by whoever restarts the domain often.
        Volatile.Write(ref _closed, true);
        WaitTable.Wake(Key, int.MaxValue);
        return true;
    }

    [UnmanagedCallersOnly]
    private static nuint Run(nuint argument)
    {
        GCHandle self = GCHandle.FromIntPtr((nint)argument);
        DomainTimer timer = (DomainTimer)self.Target!;
        self.Free();
        Handle<TrackedObjects.Timer> handle = new(timer.Slot, timer.Generation);
        while (!Volatile.Read(ref timer._closed) && timer._domain.IsAlive)
        {
            timer.WaitForPeriod();
            if (!Volatile.Read(ref timer._closed))
            {
                timer._domain.TimerSink?.OnTimer(handle, Clock.Nanoseconds);
            }
        }

        return 0;
    }

    private void WaitForPeriod()
    {
        // With interrupts off nobody can release the timer between this look and the wait.
        ulong flags = Processor.DisableInterrupts();
        if (!Volatile.Read(ref _closed))
        {
            WaitTable.WaitWithInterruptsOff(Key, _periodNanoseconds, ThreadState.Waiting);
        }

        Processor.RestoreInterrupts(flags);
    }
}
