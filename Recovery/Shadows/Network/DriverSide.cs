using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The driver as the shadow knows it: which instance there is, what it has to be told, and the frames on their way to it.
/// The lock is never held while the driver is called.
/// </summary>
internal sealed class DriverSide(
    Lock sync, IKernelClock clock, IExchangeMemory memory, FrameObserver observer, FrameFilter diverts, NetworkShadowOptions options)
{
    private const int MaximumMulticastAddresses = 128;

    private readonly ServingInstance<INetworkDevice> _instance = new();
    private readonly DriverLink _link = new(options.LinkGraceNanoseconds);
    private readonly StartOverWatch _startOvers = new();
    private DriverConfiguration _configuration = new(IsOpen: true, Mode: default, Multicast: []);
    private InstanceCounters _counters;
    private long _linkReadNanoseconds;
    private IMaskedLine? _maskedLine;
    private bool _isAsked;
    private bool _hasToldLink;
    private ulong _work;
    private PromiseWatch _promises;

    public FramePath Frames { get; } = new(memory, options.TransmitQueueFrames, observer) { Diverts = diverts };

    public SideState State => _instance.State;

    public uint DomainId => _instance.DomainId;

    /// <summary>The device; meaningful unless <see cref="State"/> is <see cref="SideState.Absent"/>.</summary>
    public DeviceIdentity Identity { get; private set; }

    /// <summary>The link as its users are to see it: it stays as it was while the driver is away.</summary>
    public LinkState Link => _link.Visible;

    public uint Instances { get; private set; }

    /// <summary>Whether users can count on the device: it was ready once, and its driver is there or will come back.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether frames can leave. While the link is down they wait here, where they outlive the driver.</summary>
    public bool IsTransmitting => State == SideState.Ready && _configuration.IsOpen && _link.Actual.IsUp;

    /// <summary>Whether it is this instance that serves.</summary>
    public bool IsServing(uint instance)
    {
        lock (sync)
        {
            return instance == Instances && State == SideState.Ready;
        }
    }

    public bool TryRegister(
        uint domainId, INetworkDevice driver, DeviceIdentity identity, Func<ulong> countStarts, out uint registration)
    {
        lock (sync)
        {
            registration = 0;
            if (!_instance.IsFreeFor(domainId))
            {
                return false;
            }

            if (State == SideState.Interrupted && identity != Identity)
            {
                // Another device: frames meant for the old one carry its address.
                Frames.Clear();
                _link.Forget();
                IsKnown = false;
            }

            Identity = identity;
            _startOvers.Meet(countStarts);
            registration = _instance.Register(domainId, driver);
            return true;
        }
    }

    /// <summary>The registration was taken back. True if nobody had said yet that the instance is gone.</summary>
    public bool Unregister(uint registration)
    {
        lock (sync)
        {
            return _instance.IsCurrent(registration) && Interrupt();
        }
    }

    public void InstanceStopped(uint domainId)
    {
        lock (sync)
        {
            if (_instance.Serves(domainId))
            {
                Interrupt();
            }
        }
    }

    public bool ExtensionGone(uint domainId)
    {
        lock (sync)
        {
            if (!_instance.Serves(domainId))
            {
                return false;
            }

            Interrupt();
            Frames.Clear();
            _link.Forget();
            IsKnown = false;
            _instance.Leave();
            return true;
        }
    }

    /// <summary>Tells a fresh instance everything that its predecessor had been told.</summary>
    public CallStatus InstanceStarted(uint domainId)
    {
        lock (sync)
        {
            if (!_instance.Serves(domainId))
            {
                return CallStatus.Ok;
            }

            if (!_instance.TryStart(domainId))
            {
                // The last instance drove a device and this one has not even found it.
                return CallStatus.NotFound;
            }
        }

        while (true)
        {
            INetworkDevice? driver;
            uint registration;
            DriverConfiguration configuration;
            lock (sync)
            {
                driver = _instance.Contract;
                registration = _instance.Registration;
                configuration = _configuration;
            }

            if (driver is null)
            {
                // It died in the meantime, and whoever noticed has reported it.
                return CallStatus.Ok;
            }

            CallStatus status = configuration.Replay(driver, out LinkState link);
            if (status != CallStatus.Ok)
            {
                return status;
            }

            lock (sync)
            {
                if (!_instance.IsCurrent(registration))
                {
                    return CallStatus.Ok;
                }

                if (ReferenceEquals(configuration, _configuration))
                {
                    _link.Restarted(link, clock.NowNanoseconds);
                    _instance.SetReady(true);
                    Instances++;
                    IsKnown = true;
                    return CallStatus.Ok;
                }
            }

            // A user changed the configuration while it was replayed: once more, or the change would be lost.
        }
    }

    public CallResult Open(ReceiveMode mode)
        => WhenReplayedIsAsGood(Change(configuration => configuration with { IsOpen = true, Mode = mode })?.Open(mode));

    public CallResult Close() => WhenReplayedIsAsGood(Change(configuration => configuration with { IsOpen = false })?.Close());

    public CallResult SetReceiveMode(ReceiveMode mode)
        => WhenReplayedIsAsGood(Change(configuration => configuration with { Mode = mode })?.SetReceiveMode(mode));

    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses)
    {
        if (addresses.Length > MaximumMulticastAddresses)
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        MacAddress[] multicast = addresses.ToArray();
        return WhenReplayedIsAsGood(Change(configuration => configuration with { Multicast = multicast })?.SetMulticastList(multicast));
    }

    /// <summary>The counters of all instances together, as far as the dead ones told.</summary>
    public NetworkStatistics GetStatistics()
    {
        INetworkDevice? driver;
        uint registration;
        lock (sync)
        {
            driver = State == SideState.Ready ? _instance.Contract : null;
            registration = _instance.Registration;
        }

        if (driver is not null && driver.GetStatistics().TryGet(out NetworkStatistics current))
        {
            lock (sync)
            {
                if (_instance.IsCurrent(registration))
                {
                    _counters.Told(current);
                }
            }
        }

        lock (sync)
        {
            return _counters.Sum;
        }
    }

    /// <summary>Takes a change of the link from the driver.</summary>
    public void LinkChanged(LinkState link)
    {
        lock (sync)
        {
            _work++;
            _isAsked = true;
            _hasToldLink = true;

            // Before it is ready an instance brings its link up; what comes of that is read at the end of the replay.
            if (State == SideState.Ready)
            {
                _link.Changed(link);
            }
        }
    }

    /// <summary>Reads a link that is down now and then: an event that was lost must not leave the device idle for ever.</summary>
    public void Tick(long nowNanoseconds)
    {
        INetworkDevice driver;
        uint registration;
        lock (sync)
        {
            _link.Tick(nowNanoseconds);
            if (State != SideState.Ready
                || _link.Actual.IsUp
                || nowNanoseconds < _linkReadNanoseconds + options.LinkPollNanoseconds)
            {
                return;
            }

            _linkReadNanoseconds = nowNanoseconds;
            driver = _instance.Contract!;
            registration = _instance.Registration;
        }

        CallResult<LinkState> read = driver.GetLink();
        lock (sync)
        {
            if (read.TryGet(out LinkState link) && link.IsUp && _instance.IsCurrent(registration))
            {
                _link.Changed(link);
            }
        }
    }

    /// <summary>
    /// The line of the device asked for its driver, and is masked until <see cref="ReleaseLine"/>. False if it is not this driver's.
    /// </summary>
    public bool TryTakeLine(uint domainId, IMaskedLine line)
    {
        lock (sync)
        {
            if (DomainId != domainId || _instance.Contract is null)
            {
                return false;
            }

            _maskedLine = line;
            _isAsked = true;
            return true;
        }
    }

    /// <summary>
    /// Lets the device interrupt again, when exchanges since have found nothing left to do, or if others wait for its line.
    /// </summary>
    /// <param name="isLeft">Whether frames may be left.</param>
    public void ReleaseLine(bool isLeft)
    {
        IMaskedLine? line;
        ulong work;
        lock (sync)
        {
            line = _maskedLine;
            work = _work;
            if (line is null || State != SideState.Ready || ((isLeft || _isAsked) && !line.IsShared))
            {
                return;
            }

            _maskedLine = null;
        }

        line.Release(work);
    }

    /// <summary>Gives the driver as many frames as fit one call, and takes what it has received.</summary>
    /// <param name="incoming">Where frames go that were received.</param>
    public SettleOutcome Push(FramePath incoming)
    {
        ExchangeBuffers buffers = new(memory);
        INetworkDevice driver;
        ReadOnlySpan<byte> outgoing;
        int offered;
        uint epoch;
        lock (sync)
        {
            bool hasFrames = IsTransmitting && Frames.Queued != 0;
            if (State != SideState.Ready || !(hasFrames || _isAsked))
            {
                return SettleOutcome.NothingTaken;
            }

            driver = _instance.Contract!;
            _isAsked = false;
            _hasToldLink = false;
            _startOvers.Begin();
            outgoing = hasFrames ? Frames.Offer(out offered, out epoch) : Frames.OfferNothing(out offered, out epoch);
        }

        CallResult<DeviceExchange> result = driver.Exchange(outgoing, buffers.Returned);
        lock (sync)
        {
            return Settle(incoming, buffers.Returned, epoch, offered, result);
        }
    }

    /// <summary>Whether the instance starts its device over again and again. True once. Under the lock.</summary>
    public bool TakeStartOverVerdict(long nowNanoseconds) => State == SideState.Ready && _startOvers.TakeVerdict(nowNanoseconds);

    private SettleOutcome Settle(
        FramePath incoming, ReadOnlySpan<byte> returned, uint epoch, int offered, CallResult<DeviceExchange> result)
    {
        result.TryGet(out DeviceExchange done);
        SettleOutcome outcome = Frames.Settle(epoch, offered, result.Status, done.FramesTaken);
        if (!result.Succeeded || outcome is SettleOutcome.InstanceGone or SettleOutcome.BadReply)
        {
            return outcome;
        }

        if (!Frames.TryComplete(done.FramesCompleted)
            || done.ReceivedBytes > (uint)returned.Length
            || !incoming.TryEnqueue(returned[..(int)done.ReceivedBytes]))
        {
            return SettleOutcome.BadReply;
        }

        _startOvers.End(_hasToldLink);
        bool didWork = done.FramesCompleted != 0 || done.ReceivedBytes != 0;

        // Who tells of the link is asked again at once as well.
        if (_promises.IsBroken(done.HasMore || _hasToldLink, didWork))
        {
            return SettleOutcome.BadReply;
        }

        _work += didWork ? 1u : 0;
        _isAsked |= done.HasMore;
        return didWork || done.HasMore ? SettleOutcome.Progress : outcome;
    }

    /// <summary>A change that a dead driver missed is replayed to the next one, so its user need not know.</summary>
    private static CallResult WhenReplayedIsAsGood(CallResult? result)
        => result is null || result.Value.Status is CallStatus.DomainDied or CallStatus.DomainUnavailable
            ? CallResult.Ok
            : result.Value;

    // The instance that is to be told of it, unless none is ready: then the next one is told of everything.
    private INetworkDevice? Change(Func<DriverConfiguration, DriverConfiguration> change)
    {
        lock (sync)
        {
            _configuration = change(_configuration);

            // What had to be given up for it, the driver says when it is asked.
            _isAsked = true;
            return State == SideState.Ready ? _instance.Contract : null;
        }
    }

    private bool Interrupt()
    {
        if (!_instance.TryInterrupt())
        {
            return false;
        }

        Frames.Interrupt();
        _counters.EndInstance();
        _maskedLine = null;
        _isAsked = false;
        _promises.Reset();
        _startOvers.Forget();
        return true;
    }
}
