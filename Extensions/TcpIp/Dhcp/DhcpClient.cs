using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// The DHCP client (RFC 2131 §4.4). A lease that an earlier instance of the stack had is used at once, without asking anybody, and
/// renewed soon after.
/// </summary>
internal sealed class DhcpClient(IDhcpHost host, StackCounters counters, RandomSequence random) : IUdpReceiver
{
    /// <summary>RFC 2131 §4.1: the first repetition comes after four seconds, and each later one after twice that time.</summary>
    public const long FirstRetryNanoseconds = 4 * Second;

    /// <summary>RFC 2131 §4.1: the longest time between repetitions.</summary>
    public const long LongestRetryNanoseconds = 64 * Second;

    /// <summary>RFC 2131 §4.1: each time is changed by up to so much either way.</summary>
    public const long JitterNanoseconds = Second;

    /// <summary>RFC 2131 §4.4.5: the shortest time between repetitions while the lease runs.</summary>
    public const long RenewalRetryNanoseconds = 60 * Second;

    /// <summary>How often the chosen server is asked before we look for others (RFC 2131 §3.1 step 5).</summary>
    public const int MaximumRequests = 4;

    /// <summary>RFC 2131 §3.1 step 5: how long to wait after an address turned out to be used by somebody else.</summary>
    public const long DeclineNanoseconds = 10 * Second;

    /// <summary>How long after an address was given another station's claim makes us decline it.</summary>
    public const long ConflictWindowNanoseconds = 10 * Second;

    /// <summary>How soon a lease of an earlier instance is renewed, at the earliest.</summary>
    public const long RevalidateNanoseconds = 2 * Second;

    private const long RefusedNanoseconds = Second;
    private const long Second = 1_000_000_000;

    private DhcpLease _lease;
    private DhcpMessage _offer;
    private uint _transaction;
    private int _attempts;
    private int _refusals;
    private long _startedAt;
    private long _requestedAt;
    private long _boundAt;
    private long _deadline = long.MaxValue;

    /// <summary>Where it stands.</summary>
    public DhcpState State { get; private set; } = DhcpState.Stopped;

    /// <summary>Whether there is a lease.</summary>
    public bool HasLease => State is DhcpState.Bound or DhcpState.Renewing or DhcpState.Rebinding;

    /// <summary>The lease, if there is one.</summary>
    public DhcpLease Lease => HasLease ? _lease : default;

    /// <summary>When <see cref="OnTimer"/> has something to do.</summary>
    public long Deadline => _deadline;

    /// <summary>Looks for an address, or renews the one there is, because the link came up.</summary>
    public void LinkUp(long nowNanoseconds)
    {
        if (HasLease)
        {
            RevalidateSoon(nowNanoseconds);
            return;
        }

        // RFC 2131 §4.4.1 wants a random wait of one to ten seconds, so that a building full of machines that get power at once does
        // not ask at once. We trade that for a machine that serves as soon as it runs; the back-off keeps its jitter.
        Restart(nowNanoseconds, nowNanoseconds);
    }

    /// <summary>There is nobody to ask. A lease stays in use until it ends.</summary>
    public void LinkDown()
    {
        if (!HasLease)
        {
            State = DhcpState.Stopped;
            _deadline = long.MaxValue;
        }
    }

    /// <summary>
    /// Frames may be lost, because the driver was replaced: what was asked and not answered is asked again instead of waiting for seconds.
    /// </summary>
    public void Resume(long nowNanoseconds)
    {
        if (State is DhcpState.Selecting or DhcpState.Requesting or DhcpState.Renewing or DhcpState.Rebinding)
        {
            // That there was no answer says nothing about the server, so the attempt does not count.
            _attempts--;
            Ask(nowNanoseconds);
        }
    }

    /// <summary>Forgets everything, because the station is another one. The caller has taken the address away.</summary>
    public void Abandon()
    {
        State = DhcpState.Stopped;
        _lease = default;
        _deadline = long.MaxValue;
    }

    /// <summary>Takes over the lease of an earlier instance. False if it has ended.</summary>
    public bool TryRestore(in DhcpLease lease, long nowNanoseconds)
    {
        if (nowNanoseconds >= lease.ExpiresAt)
        {
            return false;
        }

        _lease = lease;
        _boundAt = nowNanoseconds - ConflictWindowNanoseconds;
        State = DhcpState.Bound;
        host.UseLease(lease);
        RevalidateSoon(nowNanoseconds);
        return true;
    }

    /// <inheritdoc/>
    public void Receive(in UdpDatagram datagram, long nowNanoseconds)
    {
        if (datagram.SourcePort != DhcpMessage.ServerPort)
        {
            counters.Drop(DropReason.NotForUs);
        }
        else if (!DhcpMessage.TryParse(datagram.Data, out DhcpMessage message))
        {
            counters.Drop(DropReason.DhcpMalformed);
        }
        else if (message.Operation != DhcpOperation.Reply
            || message.Transaction != _transaction
            || message.ClientHardware != host.Station
            || !TryTake(message, nowNanoseconds))
        {
            counters.Drop(DropReason.NotForUs);
        }
    }

    /// <summary>Time has passed.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        if (nowNanoseconds < _deadline)
        {
            return;
        }

        switch (State)
        {
            case DhcpState.Init:
                BeginTransaction(DhcpState.Selecting, nowNanoseconds);
                break;
            case DhcpState.Requesting when _attempts >= MaximumRequests:
                Restart(nowNanoseconds, nowNanoseconds);
                BeginTransaction(DhcpState.Selecting, nowNanoseconds);
                break;
            case DhcpState.Selecting or DhcpState.Requesting:
                Ask(nowNanoseconds);
                break;
            case DhcpState.Bound or DhcpState.Renewing or DhcpState.Rebinding when nowNanoseconds >= _lease.ExpiresAt:
                Lose(nowNanoseconds, nowNanoseconds);
                break;
            case DhcpState.Bound or DhcpState.Renewing when nowNanoseconds >= _lease.RebindAt:
                BeginTransaction(DhcpState.Rebinding, nowNanoseconds);
                break;
            case DhcpState.Bound:
                BeginTransaction(DhcpState.Renewing, nowNanoseconds);
                break;
            case DhcpState.Renewing or DhcpState.Rebinding:
                Ask(nowNanoseconds);
                break;
            default:
                _deadline = long.MaxValue;
                break;
        }
    }

    /// <summary>Another station says that it has our address. One that we were only just given is declined.</summary>
    public void ReportConflict(long nowNanoseconds)
    {
        if (State != DhcpState.Bound || nowNanoseconds - _boundAt >= ConflictWindowNanoseconds)
        {
            return;
        }

        DhcpMessage decline = NewMessage(DhcpMessageType.Decline, nowNanoseconds) with
        {
            RequestedAddress = _lease.Address,
            ServerIdentifier = _lease.Server,
        };
        Lose(nowNanoseconds, nowNanoseconds + DeclineNanoseconds);
        host.SendDhcp(decline, Ipv4Address.None, Ipv4Address.LimitedBroadcast, nowNanoseconds);
    }

    private bool TryTake(in DhcpMessage message, long nowNanoseconds)
    {
        switch (State)
        {
            case DhcpState.Selecting
                when message.Type == DhcpMessageType.Offer && DhcpLease.TryMake(message, nowNanoseconds, out _):
                _offer = message;
                State = DhcpState.Requesting;
                _attempts = 0;
                Ask(nowNanoseconds);
                return true;
            case DhcpState.Requesting
                when message.ServerIdentifier == _offer.ServerIdentifier && message.Type == DhcpMessageType.Acknowledge:
                return TryBind(message, _offer.YourAddress, nowNanoseconds);
            case DhcpState.Requesting
                when message.ServerIdentifier == _offer.ServerIdentifier && message.Type == DhcpMessageType.Refuse:
                Restart(nowNanoseconds, nowNanoseconds + RefusalDelay());
                return true;
            case DhcpState.Renewing or DhcpState.Rebinding when message.Type == DhcpMessageType.Acknowledge:
                return TryBind(message, _lease.Address, nowNanoseconds);
            case DhcpState.Renewing or DhcpState.Rebinding
                when message.Type == DhcpMessageType.Refuse
                    && (State == DhcpState.Rebinding || message.ServerIdentifier == _lease.Server):
                Lose(nowNanoseconds, nowNanoseconds + RefusalDelay());
                return true;
            default:
                return false;
        }
    }

    private bool TryBind(in DhcpMessage message, Ipv4Address expected, long nowNanoseconds)
    {
        if (message.YourAddress != expected || !DhcpLease.TryMake(message, _requestedAt, out DhcpLease lease))
        {
            return false;
        }

        bool isNew = !HasLease;
        _boundAt = isNew ? nowNanoseconds : _boundAt;
        _refusals = 0;
        _lease = lease;
        State = DhcpState.Bound;
        _deadline = lease.RenewAt;
        host.UseLease(lease);
        return true;
    }

    private void BeginTransaction(DhcpState state, long nowNanoseconds)
    {
        State = state;
        _attempts = 0;
        _startedAt = nowNanoseconds;
        _transaction = (uint)random.Next();
        Ask(nowNanoseconds);
    }

    private void Ask(long nowNanoseconds)
    {
        _requestedAt = nowNanoseconds;
        switch (State)
        {
            case DhcpState.Selecting:
                Broadcast(NewMessage(DhcpMessageType.Discover, nowNanoseconds), nowNanoseconds);
                break;
            case DhcpState.Requesting:
                DhcpMessage request = NewMessage(DhcpMessageType.Request, nowNanoseconds) with
                {
                    RequestedAddress = _offer.YourAddress,
                    ServerIdentifier = _offer.ServerIdentifier,
                };
                Broadcast(request, nowNanoseconds);
                break;
            default:
                // RFC 2131 §4.3.6, table 4: with the address in ciaddr, and neither of the two options.
                DhcpMessage renewal = NewMessage(DhcpMessageType.Request, nowNanoseconds) with
                {
                    Broadcast = false,
                    ClientAddress = _lease.Address,
                };
                Ipv4Address destination = State == DhcpState.Renewing ? _lease.Server : Ipv4Address.LimitedBroadcast;
                host.SendDhcp(renewal, _lease.Address, destination, nowNanoseconds);
                break;
        }

        _deadline = nowNanoseconds + RetryDelay(nowNanoseconds);
        _attempts++;
    }

    private long RetryDelay(long nowNanoseconds)
    {
        if (!HasLease)
        {
            long delay = Math.Min(FirstRetryNanoseconds << Math.Min(_attempts, 4), LongestRetryNanoseconds);
            return delay + random.NextBelow((2 * JitterNanoseconds) + 1) - JitterNanoseconds;
        }

        // RFC 2131 §4.4.5: half of the time that is left in this state, but not more often than each minute.
        long end = State == DhcpState.Renewing ? _lease.RebindAt : _lease.ExpiresAt;
        long left = end - nowNanoseconds;
        return Math.Min(left, Math.Max(left / 2, RenewalRetryNanoseconds));
    }

    private long RefusalDelay()
        => Math.Min(RefusedNanoseconds << Math.Min(_refusals++, 6), LongestRetryNanoseconds)
            + random.NextBelow(JitterNanoseconds);

    private void RevalidateSoon(long nowNanoseconds)
    {
        if (State == DhcpState.Bound)
        {
            long soon = nowNanoseconds + RevalidateNanoseconds + random.NextBelow(JitterNanoseconds);
            _deadline = Math.Min(_lease.RenewAt, soon);
        }
    }

    private void Restart(long nowNanoseconds, long deadline)
    {
        State = DhcpState.Init;
        _startedAt = nowNanoseconds;
        _deadline = deadline;
    }

    private void Lose(long nowNanoseconds, long deadline)
    {
        Restart(nowNanoseconds, deadline);
        _lease = default;
        host.DropLease();
    }

    private void Broadcast(in DhcpMessage message, long nowNanoseconds)
        => host.SendDhcp(message, Ipv4Address.None, Ipv4Address.LimitedBroadcast, nowNanoseconds);

    private DhcpMessage NewMessage(DhcpMessageType type, long nowNanoseconds) => new()
    {
        Operation = DhcpOperation.Request,
        Type = type,
        Transaction = _transaction,
        Seconds = (ushort)Math.Min(ushort.MaxValue, (nowNanoseconds - _startedAt) / Second),
        Broadcast = type != DhcpMessageType.Decline,
        ClientHardware = host.Station,
    };
}
