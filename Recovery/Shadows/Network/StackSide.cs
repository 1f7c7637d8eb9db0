using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The network stack as the shadow knows it: which instance there is, which device it was told of, and the frames on their
/// way to it. The lock is never held while the stack is called.
/// </summary>
internal sealed class StackSide(Lock sync, IExchangeMemory memory, FrameObserver observer, NetworkShadowOptions options)
{
    private readonly ServingInstance<INetworkStack> _instance = new();
    private Handle<TrackedObjects.NetworkStack> _handle;
    private DeviceIdentity? _attached;
    private LinkState? _toldLink;
    private long _lastTimerNanoseconds;
    private bool _hasMore;
    private PromiseWatch _promises;

    public FramePath Frames { get; } = new(memory, options.ReceiveQueueFrames, observer);

    public SideState State => _instance.State;

    public uint DomainId => _instance.DomainId;

    public uint Instances { get; private set; }

    public bool TryRegister(uint domainId, INetworkStack stack, out uint registration)
    {
        lock (sync)
        {
            registration = 0;
            if (!_instance.IsFreeFor(domainId))
            {
                return false;
            }

            if (State == SideState.Absent)
            {
                // Frames that came while nobody was there to take them are of no use to anybody now.
                Frames.Clear();
            }

            _attached = null;
            registration = _instance.Register(domainId, stack);
            return true;
        }
    }

    /// <summary>Keeps the handle that the stack is known by; it is made after the registration.</summary>
    public void SetHandle(uint registration, Handle<TrackedObjects.NetworkStack> handle)
    {
        lock (sync)
        {
            if (registration == _instance.Registration)
            {
                _handle = handle;
            }
        }
    }

    /// <summary>The registration was taken back. True if nobody had said yet that the instance is gone.</summary>
    public bool Unregister(uint registration)
    {
        lock (sync)
        {
            return registration == _instance.Registration && Interrupt();
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

    public void ExtensionGone(uint domainId)
    {
        lock (sync)
        {
            if (_instance.Serves(domainId))
            {
                Interrupt();
                Frames.Clear();
                _instance.Leave();
            }
        }
    }

    /// <summary>An instance has started. False if it is not this extension's.</summary>
    /// <param name="domainId">Whose.</param>
    /// <param name="status">Whether it can serve; not if it has registered and given that back, or has not, as its predecessor had.</param>
    public bool InstanceStarted(uint domainId, out CallStatus status)
    {
        lock (sync)
        {
            bool serves = _instance.Serves(domainId);
            status = serves && !_instance.TryStart(domainId) ? CallStatus.NotFound : CallStatus.Ok;
            return serves;
        }
    }

    /// <summary>
    /// The driver was replaced, and frames may be lost with the one before: the stack is told of the link once more, so that it
    /// need not find out by its timers.
    /// </summary>
    public void DriverReplaced()
    {
        lock (sync)
        {
            _toldLink = null;
        }
    }

    /// <summary>
    /// Makes what the stack knows of the device agree with what there is. Null stands for no device.
    /// </summary>
    public CallStatus Synchronize(DeviceIdentity? device, LinkState link)
    {
        INetworkStack stack;
        uint registration;
        bool attach;
        bool detach;
        lock (sync)
        {
            if (State is not (SideState.Started or SideState.Ready))
            {
                return CallStatus.Ok;
            }

            attach = device is not null && device != _attached;
            detach = device is null && _attached is not null;
            if (!attach && !detach && (device is null || link == _toldLink))
            {
                return CallStatus.Ok;
            }

            stack = _instance.Contract!;
            registration = _instance.Registration;
        }

        CallResult result = attach
            ? stack.AttachDevice(_handle, device!.Value.Address, device.Value.MaximumTransmissionUnitBytes, link)
            : detach ? stack.DetachDevice() : stack.LinkChanged(link);
        lock (sync)
        {
            if (result.Succeeded && _instance.IsCurrent(registration))
            {
                Instances += State == SideState.Started && attach ? 1u : 0;
                _instance.SetReady(device is not null);
                _attached = device;
                _toldLink = link;
            }
        }

        return result.Status;
    }

    /// <summary>
    /// Gives the stack as many frames as fit one call and the blocks that sockets have changed, and takes what it has to send and to
    /// say of blocks.
    /// </summary>
    /// <param name="outgoing">Where frames go that it sends.</param>
    /// <param name="sockets">The users of connections.</param>
    /// <param name="nowNanoseconds">The time.</param>
    public SettleOutcome Push(FramePath outgoing, SocketShadow? sockets, long nowNanoseconds)
    {
        ExchangeBuffers buffers = new(memory);
        INetworkStack stack;
        ReadOnlySpan<byte> received;
        int offered;
        int kicked;
        uint epoch;
        lock (sync)
        {
            if (State != SideState.Ready)
            {
                return SettleOutcome.NothingTaken;
            }

            kicked = sockets?.TakeKicks(DomainId, buffers.GivenNames) ?? 0;
            if (Frames.Queued == 0 && kicked == 0 && !_hasMore)
            {
                return SettleOutcome.NothingTaken;
            }

            stack = _instance.Contract!;
            _hasMore = false;
            _lastTimerNanoseconds = nowNanoseconds;
            received = Frames.Offer(out offered, out epoch);
        }

        CallResult<StackExchange> result = stack.Exchange(
            received, buffers.GivenNames[..kicked], buffers.Returned, buffers.ReturnedNames, nowNanoseconds);
        SettleOutcome outcome = Settle(outgoing, buffers.Returned, epoch, offered, result);
        if (outcome is SettleOutcome.Progress or SettleOutcome.NothingTaken
            && result.TryGet(out StackExchange done) && done.Signals != 0)
        {
            int signals = (int)Math.Min(done.Signals, (uint)buffers.ReturnedNames.Length);
            sockets?.Signal(DomainId, buffers.ReturnedNames[..signals]);
        }

        return outcome == SettleOutcome.NothingTaken && kicked != 0 ? SettleOutcome.Progress : outcome;
    }

    /// <summary>Whether it is this instance that serves.</summary>
    public bool IsServing(uint instance)
    {
        lock (sync)
        {
            return instance == Instances && State == SideState.Ready;
        }
    }

    /// <summary>Tells the stack the time if it is due. Returns when it is due next.</summary>
    public long Tick(long nowNanoseconds)
    {
        INetworkStack stack;
        lock (sync)
        {
            if (State != SideState.Ready)
            {
                return long.MaxValue;
            }

            long due = _lastTimerNanoseconds + options.TimerPeriodNanoseconds;
            if (nowNanoseconds < due)
            {
                return due;
            }

            _lastTimerNanoseconds = nowNanoseconds;
            stack = _instance.Contract!;
        }

        // Whatever comes of it is told by the next call, or was reported by the gate.
        _ = stack.OnTimer(nowNanoseconds);
        return nowNanoseconds + options.TimerPeriodNanoseconds;
    }

    private SettleOutcome Settle(
        FramePath outgoing, ReadOnlySpan<byte> returned, uint epoch, int offered, CallResult<StackExchange> result)
    {
        result.TryGet(out StackExchange done);
        lock (sync)
        {
            SettleOutcome outcome = Frames.Settle(epoch, offered, result.Status, done.FramesTaken);
            if (!result.Succeeded || outcome is SettleOutcome.InstanceGone or SettleOutcome.BadReply)
            {
                return outcome;
            }

            // The stack is done with a frame once it has looked at it.
            Frames.TryComplete(done.FramesTaken);
            bool didWork = done.OutgoingBytes != 0 || outcome == SettleOutcome.Progress;
            if (done.OutgoingBytes > (uint)returned.Length
                || _promises.IsBroken(done.HasMore, didWork)
                || !outgoing.TryEnqueue(returned[..(int)done.OutgoingBytes]))
            {
                return SettleOutcome.BadReply;
            }

            _hasMore = done.HasMore;
            return done.OutgoingBytes != 0 || done.HasMore ? SettleOutcome.Progress : outcome;
        }
    }

    private bool Interrupt()
    {
        if (!_instance.TryInterrupt())
        {
            return false;
        }

        Frames.Interrupt();
        _attached = null;
        _hasMore = false;
        _promises.Reset();
        return true;
    }
}
