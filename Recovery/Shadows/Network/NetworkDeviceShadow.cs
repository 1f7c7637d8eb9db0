using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Stands between a network driver and the network stack, so that neither notices when the other one dies.
/// <para>
/// Of the device it keeps the receive mode, the multicast list, the link and the counters, and replays them to a fresh driver;
/// of the stack, the registration, and attaches the device to a fresh one. Frames wait in two bounded queues. A frame that a
/// dead instance may have touched is dropped, any other one is delivered: at most once, and never changed.
/// </para>
/// <para>
/// Use: give a <see cref="NetworkDeviceHostService"/> to each instance of a driver and a <see cref="NetworkStackHostService"/>
/// to each instance of the stack; add the shadow to the recovery manager; and let one kernel thread run <see cref="Run"/>.
/// Only that thread moves frames, so that an extension that hangs holds up nobody but it.
/// </para>
/// </summary>
public sealed class NetworkDeviceShadow : IRecoveryParticipant, IProgressSource
{
    private const int RoundsPerPump = 64;

    private readonly Lock _sync = new();
    private readonly TrafficWatch _traffic;
    private readonly WorkTurns _work;
    private readonly NetworkShadowOptions _options;
    private readonly LoadPause _pause;
    private readonly StreamGathering _gathering;

    /// <param name="clock">Time.</param>
    /// <param name="work">Wakes the thread that moves frames.</param>
    /// <param name="makeSignal">Makes other signals.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    /// <param name="driverMemory">Where frames pass to and from the driver.</param>
    /// <param name="stackMemory">Where frames pass to and from the stack.</param>
    /// <param name="options">Bounds.</param>
    public NetworkDeviceShadow(
        IKernelClock clock,
        IKernelSignal work,
        Func<IKernelSignal> makeSignal,
        IFaultSink faults,
        IExchangeMemory driverMemory,
        IExchangeMemory stackMemory,
        NetworkShadowOptions options)
    {
        Clock = clock;
        _work = new WorkTurns(work);
        Faults = faults;
        _options = options;
        _gathering = new StreamGathering(options);
        _traffic = new TrafficWatch(options);
        _pause = new LoadPause(makeSignal(), makeSignal(), makeSignal(), options.BusyPauseNanoseconds);
        Driver = new DriverSide(
            _sync,
            clock,
            driverMemory,
            frame => _traffic.Sent(frame, Stack!.Instances),
            frame => _traffic.TryReflect(frame, Stack!),
            options);
        Stack = new StackSide(_sync, stackMemory, frame => _traffic.Heard(frame, Driver, Stack!.Instances), options);
    }

    /// <summary>The device, or null if there is none.</summary>
    public DeviceIdentity? Device
    {
        get
        {
            lock (_sync)
            {
                return Driver.IsKnown ? Driver.Identity : null;
            }
        }
    }

    /// <summary>The link as users of the device see it.</summary>
    public LinkState Link
    {
        get
        {
            lock (_sync)
            {
                return Driver.Link;
            }
        }
    }

    /// <summary>The users of connections, told of by the same thread; null if there are none. Set before <see cref="Run"/>.</summary>
    public SocketShadow? Sockets { get; set; }

    /// <summary>Frames that have reached the driver or the stack, since boot.</summary>
    public ulong FramesPassed
    {
        get
        {
            lock (_sync)
            {
                return FramesMoved.Frames;
            }
        }
    }

    /// <summary>Frames that a driver did not live to bring and that were found, since boot.</summary>
    internal ulong Rescued { get; private set; }

    internal IKernelClock Clock { get; }

    internal IFaultSink Faults { get; }

    internal DriverSide Driver { get; }

    internal StackSide Stack { get; }

    /// <summary>Starts reception and transmission; kept over restarts of the driver.</summary>
    public CallResult Open(ReceiveMode mode) => Driver.Open(mode);

    /// <summary>Stops reception and transmission; kept over restarts of the driver.</summary>
    public CallResult Close() => Driver.Close();

    /// <summary>Changes what is received; kept over restarts of the driver.</summary>
    public CallResult SetReceiveMode(ReceiveMode mode) => Driver.SetReceiveMode(mode);

    /// <summary>Replaces the multicast list; kept over restarts of the driver.</summary>
    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses) => Driver.SetMulticastList(addresses);

    /// <summary>Reads the counters, which go on over restarts of the driver.</summary>
    public NetworkStatistics GetStatistics() => Driver.GetStatistics();

    /// <summary>What passed through here.</summary>
    public NetworkShadowStatistics GetShadowStatistics()
    {
        lock (_sync)
        {
            return new NetworkShadowStatistics(
                Driver.Frames.Queued,
                Driver.Frames.InFlight,
                Driver.Frames.Lost,
                Driver.Frames.Dropped,
                Stack.Frames.Queued,
                Stack.Frames.Lost,
                Stack.Frames.Dropped,
                Driver.Instances,
                Stack.Instances);
        }
    }

    /// <summary>
    /// Whether the kernel's own frames to <see cref="ProbePorts"/> of a neighbour come back to the stack. Neighbours are asked quickly then.
    /// </summary>
    public bool IsProbed
    {
        get => _traffic.IsProbed;
        set
        {
            lock (_sync)
            {
                _traffic.IsProbed = value;
            }
        }
    }

    /// <summary>The stack as a neighbour would ask it; null while it does not serve, or no neighbour is known.</summary>
    public ProbeTarget? FindProbeTarget()
    {
        lock (_sync)
        {
            return _traffic.FindProbeTarget(Driver, Stack, _work.IsInTurn, Clock.NowNanoseconds);
        }
    }

    /// <summary>
    /// The line of a device has asked for its driver. True if the thread that moves frames serves it, and unmasks the line then.
    /// </summary>
    public bool TryTakeLine(uint domainId, IMaskedLine line)
    {
        bool isTaken = Driver.TryTakeLine(domainId, line);
        if (isTaken)
        {
            _work.Set();
        }

        return isTaken;
    }

    /// <inheritdoc/>
    public void InstanceStopped(uint domainId)
    {
        Driver.InstanceStopped(domainId);
        Stack.InstanceStopped(domainId);
    }

    /// <inheritdoc/>
    public CallStatus InstanceStarted(uint domainId)
    {
        CallStatus status = Driver.InstanceStarted(domainId);
        if (domainId == Driver.DomainId)
        {
            Stack.DriverReplaced();
        }

        if (status == CallStatus.Ok && Stack.InstanceStarted(domainId, out status) && status == CallStatus.Ok)
        {
            lock (_sync)
            {
                _traffic.GiveUnanswered(Stack);
            }

            status = Stack.Synchronize(Device, Link);
        }

        _work.Set();
        return status;
    }

    /// <inheritdoc/>
    public void ExtensionGone(uint domainId)
    {
        Driver.ExtensionGone(domainId);
        Stack.ExtensionGone(domainId);
        _work.Set();
    }

    /// <inheritdoc/>
    public int Sample(Span<ProgressSample> samples)
    {
        bool isHeldUp = _work.WasHeldUp();
        lock (_sync)
        {
            return FrameProgress.Sample(Driver, Stack, _traffic, isHeldUp, samples);
        }
    }

    /// <summary>The thread that moves frames. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            long next = Pump(stopsUnderLoad: true, out bool isBusy);
            if (isBusy)
            {
                _pause.Wait(_gathering.Nanoseconds);
            }
            else
            {
                _work.Wait(next == long.MaxValue ? -1 : Math.Max(0, next - Clock.NowNanoseconds));
            }
        }
    }

    /// <summary>The thread that has the lowest priority of all, and tells the other one when nothing else is to be done. Does not return.</summary>
    public void RunWhenIdle() => _pause.RunWhenIdle();

    /// <summary>
    /// Moves the frames that can be moved now, and tells the stack of the device, the link and the time. Returns when there is
    /// something to do although nothing happens (<see cref="long.MaxValue"/>: never).
    /// </summary>
    public long Pump() => Pump(stopsUnderLoad: false, out _);

    /// <summary>The same, in portions: where there is always something to move, others get their turn in between.</summary>
    internal long Pump(bool stopsUnderLoad, out bool isBusy)
    {
        _work.BeginTurn();
        long next = Move(stopsUnderLoad, out isBusy);
        _work.EndTurn();
        return next;
    }

    private long Move(bool stopsUnderLoad, out bool isBusy)
    {
        bool moved = true;
        isBusy = false;
        for (int round = 0; moved && !isBusy && round < RoundsPerPump; round++)
        {
            FrameCount before = FramesMoved;
            moved = MoveOnce();
            FrameCount queued = FramesMoved - before;
            _gathering.Judge(queued);
            isBusy = stopsUnderLoad && queued.Frames >= (ulong)_options.BusyFrames;
        }

        // An extension that has something to say each time would keep everybody less urgent from running, who might see to it.
        isBusy |= stopsUnderLoad && moved;
        Driver.ReleaseLine(isLeft: moved);

        long time = Clock.NowNanoseconds;
        Driver.Tick(time);
        WatchTraffic(time, isAtRest: !moved);
        long next = Math.Min(Stack.Tick(time), Sockets?.Tick(time) ?? long.MaxValue);
        lock (_sync)
        {
            if (moved)
            {
                return time;
            }

            bool waits = (Driver.IsTransmitting && Driver.Frames.Queued != 0)
                || (Stack.State == SideState.Ready && Stack.Frames.Queued != 0);
            bool watchesLink = Driver.State == SideState.Ready && !Driver.IsTransmitting;
            long retry = waits ? time + _options.RetryNanoseconds : long.MaxValue;
            long link = watchesLink ? time + _options.LinkPollNanoseconds : long.MaxValue;
            long look = _traffic.NextLookNanoseconds(time);
            return Math.Min(Math.Min(next, look), Math.Min(retry, link));
        }
    }

    /// <summary>Takes frames from the stack. Returns how many there was room for, or null if the batch is malformed.</summary>
    internal uint? EnqueueForDriver(ReadOnlySpan<byte> batch)
    {
        if (!FramePath.IsWellFormed(batch))
        {
            return null;
        }

        uint queued;
        lock (_sync)
        {
            queued = Driver.Frames.Enqueue(batch);
        }

        if (queued != 0)
        {
            _work.Set();
        }

        return queued;
    }

    /// <summary>Takes what an instance of the driver has received and not brought. It is not called any more.</summary>
    internal void Rescue(IReadOnlyList<ITrackedMemory> memory, DeviceIdentity identity)
    {
        lock (_sync)
        {
            Rescued += _traffic.Rescue(memory, identity.Address, Stack);
        }

        _work.Set();
    }

    internal void ChangeLink(LinkState link)
    {
        Driver.LinkChanged(link);
        _work.Set();
    }

    private void WatchTraffic(long nowNanoseconds, bool isAtRest)
    {
        Complaint? complaint;
        bool asks;
        uint instance;
        lock (_sync)
        {
            complaint = _traffic.Look(Driver, Stack, isAtRest, nowNanoseconds, out asks);
            instance = Driver.Instances;
        }

        // Who is blamed is stopped before this returns, for which the shadow's guard is needed.
        if (complaint is { } found)
        {
            ReportDriver(instance, found);
        }

        if (asks)
        {
            _work.Set();
        }
    }

    private FrameCount FramesMoved => Driver.Frames.Arrived + Stack.Frames.Arrived;

    // What the driver has first, then what sockets want of the stack: what it makes of both leaves with the next exchange, which
    // brings more frames.
    private bool MoveOnce()
    {
        long now = Clock.NowNanoseconds;
        uint driver = Driver.Instances;
        uint stack = Stack.Instances;
        SettleOutcome sent = Driver.Push(Stack.Frames);
        if (sent == SettleOutcome.BadReply)
        {
            ReportDriver(driver, Complaint.BadExchangeWithDriver);
        }

        _ = Stack.Synchronize(Device, Link);
        SettleOutcome received = Stack.Push(Driver.Frames, Sockets, now);
        if (received == SettleOutcome.BadReply)
        {
            ReportStack(stack, Complaint.BadExchangeWithStack);
        }

        bool told = Sockets?.Push(now) ?? false;
        return received == SettleOutcome.Progress || sent == SettleOutcome.Progress || told;
    }

    private void ReportDriver(uint instance, Complaint complaint)
        => Faults.ReportLate(Driver.DomainId, () => Driver.IsServing(instance), complaint.Kind, Clock.NowNanoseconds, complaint.Detail);

    private void ReportStack(uint instance, Complaint complaint)
        => Faults.ReportLate(Stack.DomainId, () => Stack.IsServing(instance), complaint.Kind, Clock.NowNanoseconds, complaint.Detail);
}
