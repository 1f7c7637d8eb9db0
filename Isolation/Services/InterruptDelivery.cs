using System;
using System.Runtime.InteropServices;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Bus.Interrupts;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;
using ThreadPriority = NooksOS.Kernel.Threads.ThreadPriority;
using ThreadState = NooksOS.Kernel.Threads.ThreadState;

namespace NooksOS.Isolation;

/// <summary>
/// Carries interrupts to drivers. The handler of the processor only masks the line and wakes a thread; that thread calls the
/// driver and unmasks the line when it has answered. A driver that dies leaves its line masked.
/// </summary>
public sealed unsafe class InterruptDelivery : TrackedObject
{
    private readonly InterruptStormDetector _storm = new(new InterruptStormOptions());
    private readonly Domain _domain;
    private readonly uint _line;
    private readonly PciDevice? _device;
    private readonly LineUser* _user;
    private bool _closed;
    private ulong _work;
    private bool _isFreedByThread;
    private int _running;

    private InterruptDelivery(Domain domain, uint line, PciDevice? device)
        : base(TrackedKind.InterruptLine)
    {
        _domain = domain;
        _line = line;
        _device = device;
        _user = (LineUser*)NativeMemory.AllocZeroed((nuint)sizeof(LineUser));
    }

    /// <inheritdoc/>
    public override string Description => $"line {_line}";

    /// <summary>Whether others wait for it to be served, because they use the line as well.</summary>
    public bool IsShared
    {
        get
        {
            ulong flags = Processor.DisableInterrupts();
            bool isShared = !_closed && !SharedLines.IsAlone(_line, _user);
            Processor.RestoreInterrupts(flags);
            return isShared;
        }
    }

    /// <summary>Whether the device has asserted the line and its driver has not answered yet. Others who use the line do not count.</summary>
    public bool IsAsserted
    {
        get
        {
            ulong flags = Processor.DisableInterrupts();
            bool isAsserted = !_closed && _user->Busy != 0 && _device is null or { IsInterruptPending: true };
            Processor.RestoreInterrupts(flags);
            return isAsserted;
        }
    }

    /// <summary>Opens the interrupt line of a device for a domain and starts to deliver.</summary>
    internal static CallResult<Handle<TrackedObjects.InterruptLine>> Open(Domain domain, ClaimedDevice claimed)
    {
        PciDevice device = claimed.Device;
        if (device.InterruptPin == 0)
        {
            return CallResult<Handle<TrackedObjects.InterruptLine>>.Failure(CallStatus.NotFound);
        }

        CallResult<Handle<TrackedObjects.InterruptLine>> opened = Open(
            domain, claimed, Hardware.Interrupts.RoutePci(device.InterruptLine), device);
        if (opened.Succeeded)
        {
            device.SetInterruptDisable(false);
        }

        return opened;
    }

    /// <summary>Opens an interrupt line for a domain and starts to deliver.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="claimed">The device that the line is a part of.</param>
    /// <param name="route">The line.</param>
    /// <param name="device">The function that asserts it, if it is one of PCI: only such devices share lines.</param>
    public static CallResult<Handle<TrackedObjects.InterruptLine>> Open(
        Domain domain, TrackedObject claimed, InterruptRoute route, PciDevice? device)
    {
        InterruptDelivery delivery = new(domain, route.Line, device);
        CallResult<Handle<TrackedObjects.InterruptLine>> added = domain.Objects.Add<TrackedObjects.InterruptLine>(delivery, claimed);
        if (!added.Succeeded)
        {
            NativeMemory.Free(delivery._user);
            return added;
        }

        bool hasThread = delivery.TryStart();
        if (!hasThread || !SharedLines.TryAdd(route, delivery._user))
        {
            domain.Objects.Release(delivery.Slot, delivery.Generation);
            return CallResult<Handle<TrackedObjects.InterruptLine>>.Failure(hasThread ? CallStatus.Busy : CallStatus.QuotaExceeded);
        }

        return added;
    }

    /// <summary>The line was served, and may be asserted again. Does nothing if its driver is gone.</summary>
    /// <param name="work">Any count of work done for the device. Only its changes matter.</param>
    public void Release(ulong work)
    {
        // Nobody may take the line away between the look and what follows from it.
        ulong flags = Processor.DisableInterrupts();
        bool isOpen = _domain.IsAlive && !_closed;
        long quietNanoseconds = isOpen ? _user->QuietNanoseconds : 0;
        bool isCauseElsewhere = isOpen && IsCauseElsewhere(work == _work ? InterruptAnswer.NotMine : InterruptAnswer.Served);
        if (isOpen)
        {
            _work = work;
            SharedLines.Finish(_line, _user, isWorkLeft: false);
        }

        Processor.RestoreInterrupts(flags);
        if (isOpen)
        {
            CountInterrupt(work, quietNanoseconds, isCauseElsewhere);
        }
    }

    /// <inheritdoc/>
    protected override bool Quiesce()
    {
        // Others may need the line: the device itself must let go of it.
        _device?.SetInterruptDisable(true);
        SharedLines.MaskIfAlone(_line, _user);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Release()
    {
        _device?.SetInterruptDisable(true);
        ulong flags = Processor.DisableInterrupts();
        SharedLines.Remove(_line, _user);
        _closed = true;
        WaitTable.Wake(Key, int.MaxValue);

        // What the thread looks at may be freed only when it no longer does. A driver that gives its line back is not made to wait for
        // that: the thread may be the one that it is called on, or be in a call of the driver that waits for this one.
        _isFreedByThread = _running != 0 && IsCalledByDomain();
        while (_running != 0 && !_isFreedByThread)
        {
            WaitTable.WaitWithInterruptsOff(EndKey, -1, ThreadState.Waiting);
        }

        Processor.RestoreInterrupts(flags);
        if (!_isFreedByThread)
        {
            NativeMemory.Free(_user);
        }

        return true;
    }

    private ulong Key => (ulong)_user;

    // Apart from the user's own key, which is waited for by the thread that this key tells the end of.
    private ulong EndKey => Key + 1;

    private bool IsCalledByDomain()
    {
        XpcFrame* call = (XpcFrame*)Scheduler.Current->XpcFrame;
        return call != null && call->Domain == _domain.Control;
    }

    private bool TryStart()
    {
        _running = 1;
        GCHandle self = GCHandle.Alloc(this);
        if (KernelThread.Create("interrupt"u8, ThreadPriority.Interrupt, &Run, (nuint)GCHandle.ToIntPtr(self)) == null)
        {
            self.Free();
            _running = 0;
            return false;
        }

        return true;
    }

    [UnmanagedCallersOnly]
    private static nuint Run(nuint argument)
    {
        GCHandle self = GCHandle.FromIntPtr((nint)argument);
        InterruptDelivery delivery = (InterruptDelivery)self.Target!;
        self.Free();
        delivery.Loop();

        // Whoever sees that it has ended frees the memory, unless that was left to it before.
        ulong endKey = delivery.EndKey;
        ulong flags = Processor.DisableInterrupts();
        bool frees = delivery._isFreedByThread;
        delivery._running = 0;
        WaitTable.Wake(endKey, int.MaxValue);
        Processor.RestoreInterrupts(flags);
        if (frees)
        {
            NativeMemory.Free(delivery._user);
        }

        return 0;
    }

    private void Loop()
    {
        Handle<TrackedObjects.InterruptLine> handle = new(Slot, Generation);
        while (!Volatile.Read(ref _closed))
        {
            ulong flags = Processor.DisableInterrupts();
            if (_user->Pending == 0 && !_closed)
            {
                WaitTable.WaitWithInterruptsOff(Key, -1, ThreadState.Waiting);
            }

            bool pending = _user->Pending != 0;
            _user->Pending = 0;
            Processor.RestoreInterrupts(flags);
            if (!pending || _domain.InterruptServer?.Invoke(this) == true || _domain.InterruptSink is not { } sink)
            {
                continue;
            }

            CallResult<uint> answer = sink.OnInterrupt(handle);
            uint value = answer.TryGet(out uint said) ? said : InterruptAnswer.NotMine;

            // As in Release: nobody may take the line away in between, nor put another domain in the place of this one.
            flags = Processor.DisableInterrupts();
            if (!_closed)
            {
                // Whoever serves a device tells the kernel of it; that a driver says so proves nothing, nor that it reads the clock.
                CountInterrupt(_domain.Control->Turns, _user->QuietNanoseconds, IsCauseElsewhere(value));
                if (_domain.IsAlive)
                {
                    SharedLines.Finish(_line, _user, value == InterruptAnswer.WorkLeft);
                }
            }

            Processor.RestoreInterrupts(flags);
        }
    }

    // On a shared line a driver is called for the devices of others too; its own says whether it is the one that asks for service.
    private bool IsCauseElsewhere(uint answer)
        => answer == InterruptAnswer.NotMine && _device is { IsInterruptPending: false } && !SharedLines.IsAlone(_line, _user);

    private void CountInterrupt(ulong work, long quietNanoseconds, bool isCauseElsewhere)
    {
        if (!isCauseElsewhere && _storm.Count(Clock.Nanoseconds, quietNanoseconds, work) && _domain.IsAlive)
        {
            DomainFaults.Report(_domain.Control, FaultKind.InterruptStorm, 0, _line);
        }
    }
}
