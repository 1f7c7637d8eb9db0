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
    // Far more than any device needs, and far less time than a user notices.
    private const uint StormInterrupts = 256;
    private const long StormWindowNanoseconds = 50_000_000;

    private static Lines s_lines;

    private readonly InterruptStormDetector _storm = new(StormInterrupts, StormWindowNanoseconds);
    private readonly Domain _domain;
    private readonly uint _line;
    private bool _closed;
    private int _running;
    private ulong _threadId;

    private InterruptDelivery(Domain domain, uint line)
        : base(TrackedKind.InterruptLine)
    {
        _domain = domain;
        _line = line;
    }

    /// <inheritdoc/>
    public override string Description => $"line {_line}";

    /// <summary>Opens the interrupt line of a device for a domain and starts to deliver.</summary>
    public static CallResult<Handle<TrackedObjects.InterruptLine>> Open(Domain domain, PciDevice device)
    {
        if (device.InterruptPin == 0)
        {
            return CallResult<Handle<TrackedObjects.InterruptLine>>.Failure(CallStatus.NotFound);
        }

        InterruptRoute route = Hardware.Interrupts.RoutePci(device.InterruptLine);
        if (route.Line >= InterruptLines.LineLimit || !InterruptLines.TryAttach(route, &OnInterruptLine, null))
        {
            return CallResult<Handle<TrackedObjects.InterruptLine>>.Failure(CallStatus.Busy);
        }

        s_lines.Pending[route.Line] = 0;
        InterruptDelivery delivery = new(domain, route.Line);
        CallResult<Handle<TrackedObjects.InterruptLine>> added = domain.Objects.Add<TrackedObjects.InterruptLine>(delivery);
        if (!added.Succeeded)
        {
            InterruptLines.Detach(route.Line);
            return added;
        }

        if (!delivery.TryStart())
        {
            domain.Objects.Release(delivery.Slot, delivery.Generation);
            return CallResult<Handle<TrackedObjects.InterruptLine>>.Failure(CallStatus.QuotaExceeded);
        }

        device.SetInterruptDisable(false);
        InterruptLines.Unmask(route.Line);
        return added;
    }

    /// <inheritdoc/>
    protected override bool Quiesce()
    {
        InterruptLines.Mask(_line);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Release()
    {
        InterruptLines.Detach(_line);
        Volatile.Write(ref _closed, true);
        WaitTable.Wake(Key(_line), int.MaxValue);

        // The line may be given to the next instance only when this one's thread no longer looks at it; unless it is this very
        // thread, on which a driver gives its line back while it is called.
        ulong flags = Processor.DisableInterrupts();
        while (Volatile.Read(ref _running) != 0 && Scheduler.Current->ThreadId != _threadId)
        {
            WaitTable.WaitWithInterruptsOff(EndKey, -1, ThreadState.Waiting);
        }

        Processor.RestoreInterrupts(flags);
        return true;
    }

    // Apart from the line's own key, which is waited for by the thread that this key tells the end of.
    private ulong EndKey => Key(_line) + 1;

    private static ulong Key(uint line) => 0x1_0000 + (16 * line);

    // Interrupt context: interrupts are off.
    private static void OnInterruptLine(uint line, void* context)
    {
        InterruptLines.Mask(line);
        s_lines.Pending[line] = 1;
        WaitTable.Wake(Key(line), 1);
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
        delivery._threadId = Scheduler.Current->ThreadId;
        delivery.Loop();
        Volatile.Write(ref delivery._running, 0);
        WaitTable.Wake(delivery.EndKey, int.MaxValue);
        return 0;
    }

    private void Loop()
    {
        Handle<TrackedObjects.InterruptLine> handle = new(Slot, Generation);
        while (!Volatile.Read(ref _closed))
        {
            ulong flags = Processor.DisableInterrupts();
            if (s_lines.Pending[_line] == 0 && !_closed)
            {
                WaitTable.WaitWithInterruptsOff(Key(_line), -1, ThreadState.Waiting);
            }

            bool pending = s_lines.Pending[_line] != 0;
            s_lines.Pending[_line] = 0;
            Processor.RestoreInterrupts(flags);
            if (!pending || _domain.InterruptSink is not { } sink)
            {
                continue;
            }

            CallResult<uint> answer = sink.OnInterrupt(handle);

            // Whoever serves a device tells the kernel of it; that a driver says so proves nothing, nor that it reads the clock.
            if (_storm.Count(Clock.Nanoseconds, _domain.Control->Turns) && _domain.IsAlive)
            {
                DomainFaults.Report(_domain.Control, FaultKind.InterruptStorm, 0, _line);
            }

            if (!_domain.IsAlive || Volatile.Read(ref _closed))
            {
                continue;
            }

            if (answer.TryGet(out uint value) && value == InterruptAnswer.WorkLeft)
            {
                // As if the line were still asserted. It stays masked, so nobody else writes this.
                s_lines.Pending[_line] = 1;
            }
            else
            {
                InterruptLines.Unmask(_line);
            }
        }
    }

    private struct Lines
    {
        public fixed byte Pending[InterruptLines.LineLimit];
    }
}
