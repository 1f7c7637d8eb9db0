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
    private readonly AnswerWatch _answers = new();
    private readonly NeighborWatch _neighbors;
    private readonly RecentSegments _passed = new();
    private readonly ReflectedFrames _reflected = new();
    private readonly RepetitionWatch _repetitions = new();
    private readonly IKernelClock _clock;
    private readonly WorkTurns _work;
    private readonly IFaultSink _faults;
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
        _clock = clock;
        _work = new WorkTurns(work);
        _faults = faults;
        _options = options;
        _gathering = new StreamGathering(options);
        _neighbors = new NeighborWatch(options);
        _pause = new LoadPause(makeSignal(), makeSignal(), makeSignal(), options.BusyPauseNanoseconds);
        Driver = new DriverSide(
            _sync,
            clock,
            driverMemory,
            frame => _answers.SentByStack(frame, Stack!.Instances),
            frame => _reflected.TryTake(frame, _neighbors.StationAddress, Stack!.Frames),
            options);
        Stack = new StackSide(_sync, stackMemory, ObserveReceived, options);
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

    /// <summary>Frames that a driver did not live to bring and that were found, since boot.</summary>
    internal ulong Rescued { get; private set; }

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
        get => _reflected.IsOn;
        set
        {
            lock (_sync)
            {
                _reflected.IsOn = value;
                _neighbors.IsVigilant = value;
            }
        }
    }

    /// <summary>The stack as a neighbour would ask it; null while it does not serve, or no neighbour is known.</summary>
    public ProbeTarget? FindProbeTarget()
    {
        lock (_sync)
        {
            bool serves = Driver.IsTransmitting && Stack.State == SideState.Ready && _neighbors.StationAddress != 0;
            return serves
                ? new ProbeTarget(
                    _neighbors.StationAddress,
                    Stack.Instances + Driver.Instances,
                    _neighbors.IsInUse(_clock.NowNanoseconds))
                : null;
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
                _answers.GiveUnanswered(Stack.Frames);
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
            samples[0] = new ProgressSample
            {
                DomainId = Driver.DomainId,
                Instance = Driver.Instances,
                What = "frames queued for the driver",
                IsActive = Driver.IsTransmitting,
                IsHeldUp = isHeldUp,
                Pending = (uint)Driver.Frames.Queued,
                Completed = Driver.Frames.Accepted,
            };
            samples[1] = samples[0] with
            {
                What = "frames given to the driver",
                Pending = Driver.Frames.InFlight,
                Completed = Driver.Frames.Completed,
            };
            samples[2] = new ProgressSample
            {
                DomainId = Stack.DomainId,
                Instance = Stack.Instances,
                What = "frames queued for the stack",
                IsActive = Stack.State == SideState.Ready,
                IsHeldUp = isHeldUp,
                Pending = (uint)Stack.Frames.Queued,
                Completed = Stack.Frames.Accepted,
            };
            samples[3] = samples[2] with
            {
                What = "connection requests",
                Pending = _answers.IsAwaited(Stack.Instances) ? 1u : 0,
                Completed = _answers.Answers,
            };
            return 4;
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
                _work.Wait(next == long.MaxValue ? -1 : Math.Max(0, next - _clock.NowNanoseconds));
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

        long time = _clock.NowNanoseconds;
        Driver.Tick(time);
        WatchNeighbors(time, isAtRest: !moved);
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
            return Math.Min(next, Math.Min(retry, link));
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
            foreach (ITrackedMemory buffer in memory)
            {
                FrameRescue.Search(buffer.Content, identity.Address, _passed, frame => Rescued += Stack.Frames.TryEnqueueFrame(frame) ? 1u : 0u);
            }
        }

        _work.Set();
    }

    internal void ChangeLink(LinkState link)
    {
        Driver.LinkChanged(link);
        _work.Set();
    }

    private void ObserveReceived(ReadOnlySpan<byte> frame)
    {
        _neighbors.Heard(frame, Driver.Identity.Address);
        if (TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet))
        {
            _answers.TakenByStack(frame, packet, Stack.Instances);
            _passed.Note(packet);
        }

        _repetitions.Heard(frame, Driver.Instances);
    }

    private void WatchNeighbors(long nowNanoseconds, bool isAtRest)
    {
        NeighborVerdict verdict;
        uint instance;
        bool repeats;
        lock (_sync)
        {
            NeighborTraffic traffic = new(Stack.Frames.Arrived.Frames + Stack.Frames.Dropped, Driver.Frames.Arrived.Frames);
            bool isIdle = Driver.IsTransmitting && Driver.Frames is { Queued: 0, InFlight: 0 };
            verdict = _neighbors.Look(traffic, Driver.Instances, isIdle, nowNanoseconds);
            instance = Driver.Instances;
            repeats = _repetitions.TakeVerdict(instance, isAtRest, nowNanoseconds);
            if (verdict == NeighborVerdict.Ask)
            {
                Span<byte> question = stackalloc byte[NeighborWatch.QuestionBytes];
                _neighbors.WriteQuestion(question, Driver.Identity.Address);
                Driver.Frames.TryEnqueueOwn(question);
            }
        }

        ReportDriverIf(repeats, instance, FaultKind.BadReply, "brings frames again and again that it has brought before");
        ReportDriverIf(
            verdict == NeighborVerdict.Deaf, instance, FaultKind.Silence,
            "hears nobody any more, not even the neighbour that answered before");
        ReportDriverIf(
            verdict == NeighborVerdict.Dumb, instance, FaultKind.Silence, "is no longer answered by the neighbour that answered before");
        if (verdict == NeighborVerdict.Ask)
        {
            _work.Set();
        }
    }

    private FrameCount FramesMoved => Driver.Frames.Arrived + Stack.Frames.Arrived;

    // What the driver has first, then what sockets want of the stack: what it makes of both leaves with the next exchange, which
    // brings more frames.
    private bool MoveOnce()
    {
        long now = _clock.NowNanoseconds;
        uint driver = Driver.Instances;
        uint stack = Stack.Instances;
        SettleOutcome sent = Driver.Push(Stack.Frames);
        ReportDriverIf(
            sent == SettleOutcome.BadReply, driver, FaultKind.BadReply,
            "took or completed more frames than it was given, received what is no frame, or promised more and never brought it");
        _ = Stack.Synchronize(Device, Link);
        SettleOutcome received = Stack.Push(Driver.Frames, Sockets, now);
        if (received == SettleOutcome.BadReply)
        {
            ReportStack(stack, "took more frames than it was given, sent what is no frame, or promised more and never brought it");
        }

        bool told = Sockets?.Push(now) ?? false;
        return received == SettleOutcome.Progress || sent == SettleOutcome.Progress || told;
    }

    private void ReportDriverIf(bool isFault, uint instance, FaultKind kind, string detail)
    {
        if (isFault)
        {
            ReportDriver(instance, kind, detail);
        }
    }

    private void ReportDriver(uint instance, FaultKind kind, string detail)
        => _faults.ReportLate(Driver.DomainId, () => IsDriver(instance), kind, _clock.NowNanoseconds, detail);

    private void ReportStack(uint instance, string detail)
        => _faults.ReportLate(Stack.DomainId, () => IsStack(instance), FaultKind.BadReply, _clock.NowNanoseconds, detail);

    private bool IsDriver(uint instance)
    {
        lock (_sync)
        {
            return instance == Driver.Instances && Driver.State == SideState.Ready;
        }
    }

    private bool IsStack(uint instance)
    {
        lock (_sync)
        {
            return instance == Stack.Instances && Stack.State == SideState.Ready;
        }
    }
}
