using System;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Bus.Interrupts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;

namespace NooksOS.Image.SelfTests;

/// <summary>
/// A driver with two interrupt lines, without an image: while both of its handlers run, each gives back the line of the other one.
/// </summary>
internal sealed unsafe class LineExchange : IInterruptSink
{
    private const int TimeoutMilliseconds = 5000;
    private const int LookMilliseconds = 1;

    // The printer's and the mouse's, which nobody drives.
    private static ReadOnlySpan<byte> Lines => [7, 12];

    private readonly Domain _domain;
    private readonly Handle<TrackedObjects.InterruptLine>[] _handles = new Handle<TrackedObjects.InterruptLine>[Lines.Length];
    private int _inside;
    private int _done;

    private LineExchange(Domain domain) => _domain = domain;

    /// <summary>Has both called at the same time. False if they do not come back.</summary>
    public static bool EachHandlerGivesBackTheOthersLine()
    {
        if (Domain.TryCreate("selftest", ProtectionBackEnd.Ring3, ObjectQuotas.Default, new TrackerLedger()) is not { } domain)
        {
            return false;
        }

        LineExchange driver = new(domain);
        domain.InterruptSink = driver;
        domain.Activate();
        bool areOver = driver.TryOpenLines() && driver.AssertBoth();
        DomainFault fault = default;
        fault.Kind = FaultKind.Requested;
        DomainDeath.Kill(domain.Control, in fault);
        if (areOver)
        {
            areOver = domain.Objects.ReleaseAll().Leaked == 0;
            domain.Free();
        }

        return areOver;
    }

    /// <inheritdoc/>
    public CallResult<uint> OnInterrupt(Handle<TrackedObjects.InterruptLine> line)
    {
        Interlocked.Increment(ref _inside);
        WaitFor(ref _inside);
        Handle<TrackedObjects.InterruptLine> other = line == _handles[0] ? _handles[1] : _handles[0];
        GiveBack(other);
        Interlocked.Increment(ref _done);
        return CallResult<uint>.Ok(InterruptAnswer.Served);
    }

    // As a service that the driver has called.
    private void GiveBack(Handle<TrackedObjects.InterruptLine> line)
    {
        XpcFrame call = default;
        call.Domain = _domain.Control;
        call.InService = 1;

        // SAFETY: the frame is on this thread's stack, and taken away before this method returns.
        Scheduler.Current->XpcFrame = &call;
        _domain.Objects.GiveBack(line.Slot, line.Generation);
        Scheduler.Current->XpcFrame = null;
    }

    private bool TryOpenLines()
    {
        FakeDevice device = new();
        bool areOpen = _domain.Objects.TryAdd(device) == CallStatus.Ok;
        for (int index = 0; areOpen && index < Lines.Length; index++)
        {
            InterruptRoute route = Hardware.Interrupts.RouteLegacy(Lines[index]);
            areOpen = InterruptDelivery.Open(_domain, device, route, device: null).TryGet(out _handles[index]);
        }

        return areOpen;
    }

    private bool AssertBoth()
    {
        ulong flags = Processor.DisableInterrupts();
        foreach (byte line in Lines)
        {
            InterruptLines.Dispatch(Hardware.Interrupts.RouteLegacy(line).Line);
        }

        Processor.RestoreInterrupts(flags);
        return WaitFor(ref _done);
    }

    private static bool WaitFor(ref int count)
    {
        for (int look = 0; look < TimeoutMilliseconds / LookMilliseconds && Volatile.Read(ref count) < Lines.Length; look++)
        {
            Thread.Sleep(LookMilliseconds);
        }

        return Volatile.Read(ref count) >= Lines.Length;
    }

    private sealed class FakeDevice() : TrackedObject(TrackedKind.Device)
    {
        protected override bool Release() => true;
    }
}
