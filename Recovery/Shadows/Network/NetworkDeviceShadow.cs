using System;
using System.Threading;
using NooksOS.Contracts;

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
    private readonly IKernelClock _clock;
    private readonly IKernelSignal _work;
    private readonly IFaultSink _faults;
    private readonly NetworkShadowOptions _options;

    /// <param name="clock">Time.</param>
    /// <param name="work">Wakes the thread that moves frames.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    /// <param name="options">Bounds.</param>
    public NetworkDeviceShadow(IKernelClock clock, IKernelSignal work, IFaultSink faults, NetworkShadowOptions options)
    {
        _clock = clock;
        _work = work;
        _faults = faults;
        _options = options;
        Driver = new DriverSide(_sync, clock, options);
        Stack = new StackSide(_sync, options);
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

        if (status == CallStatus.Ok && Stack.InstanceStarted(domainId))
        {
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
        lock (_sync)
        {
            samples[0] = new ProgressSample
            {
                DomainId = Driver.DomainId,
                Instance = Driver.Instances,
                What = "frames queued for the driver",
                IsActive = Driver.IsTransmitting,
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
            long next = Pump();
            _work.Wait(next == long.MaxValue ? -1 : Math.Max(0, next - _clock.NowNanoseconds));
        }
    }

    /// <summary>
    /// Moves the frames that can be moved now, and tells the stack of the device, the link and the time. Returns when there is
    /// something to do although nothing happens (<see cref="long.MaxValue"/>: never).
    /// </summary>
    public long Pump()
    {
        bool moved = true;
        for (int round = 0; moved && round < RoundsPerPump; round++)
        {
            // Frames for the stack first, then what sockets want of it: what it makes of both leaves in the same round.
            long now = _clock.NowNanoseconds;
            _ = Stack.Synchronize(Device, Link);
            SettleOutcome received = Stack.Push(now);
            ReportIfBad(received, Stack.DomainId, "took more frames than it was given");
            bool told = Sockets?.Push(now) ?? false;
            SettleOutcome sent = Driver.Push();
            ReportIfBad(sent, Driver.DomainId, "took or completed more frames than it was given");
            moved = received == SettleOutcome.Progress || sent == SettleOutcome.Progress || told;
        }

        long time = _clock.NowNanoseconds;
        Driver.Tick(time);
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
    internal uint? EnqueueForDriver(ReadOnlySpan<byte> batch) => Enqueue(Driver.Frames, batch, isFromStack: true);

    /// <summary>Takes frames from the driver. Returns how many there was room for, or null if the batch is malformed.</summary>
    internal uint? EnqueueForStack(ReadOnlySpan<byte> batch) => Enqueue(Stack.Frames, batch, isFromStack: false);

    /// <summary>The driver says that frames have left. False if it cannot be that many.</summary>
    internal bool CompleteTransmission(uint frames)
    {
        bool possible;
        bool hasMore;
        lock (_sync)
        {
            possible = Driver.Frames.TryComplete(frames);
            hasMore = Driver.Frames.Queued != 0;
        }

        if (hasMore)
        {
            _work.Set();
        }

        return possible;
    }

    internal void ChangeLink(LinkState link)
    {
        Driver.LinkChanged(link);
        _work.Set();
    }

    private uint? Enqueue(FramePath path, ReadOnlySpan<byte> batch, bool isFromStack)
    {
        if (!FramePath.IsWellFormed(batch))
        {
            return null;
        }

        uint queued;
        lock (_sync)
        {
            queued = path.Enqueue(batch);
            Watch(batch, isFromStack);
        }

        if (queued != 0)
        {
            _work.Set();
        }

        return queued;
    }

    private void Watch(ReadOnlySpan<byte> batch, bool isFromStack)
    {
        while (PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
        {
            if (isFromStack)
            {
                _answers.SentByStack(frame, Stack.Instances);
            }
            else
            {
                _answers.TakenByStack(frame, Stack.Instances);
            }
        }
    }

    private void ReportIfBad(SettleOutcome outcome, uint domainId, string detail)
    {
        if (outcome == SettleOutcome.BadReply)
        {
            _faults.Report(new FaultReport
            {
                DomainId = domainId,
                Kind = FaultKind.BadReply,
                TimeNanoseconds = _clock.NowNanoseconds,
                Detail = detail,
            });
        }
    }
}
