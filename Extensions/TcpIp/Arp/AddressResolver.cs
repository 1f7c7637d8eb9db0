using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// ARP (RFC 826), with the timeouts and the limit on questions of RFC 1122 §2.3.2.
/// <para>
/// RFC 826 lets any packet change what is known. Here a packet that contradicts a known station only makes us ask, at most once a second,
/// and the first answer wins: a station that is really replaced is found, one that merely claims to be has to be faster than the real one.
/// </para>
/// </summary>
internal sealed class AddressResolver(
    LinkLayer link, RoutingTable routing, PendingFrames pending, StackCounters counters, RandomSequence random)
{
    /// <summary>How long an answer is trusted: RFC 1122 §2.3.2.1 speaks of a minute.</summary>
    public const long ReachableNanoseconds = 60 * Second;

    /// <summary>How long an entry stays that nobody uses.</summary>
    public const long IdleNanoseconds = 20 * 60 * Second;

    /// <summary>RFC 1122 §2.3.2.1: one question per second and destination.</summary>
    public const long RetryNanoseconds = Second;

    /// <summary>How often a station is asked.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>RFC 5227 §2.4 (c): how often we say that an address is ours.</summary>
    public const long DefendNanoseconds = 10 * Second;

    private const long Second = 1_000_000_000;
    private const long ScanNanoseconds = 100_000_000;

    private readonly ArpCache _cache = new(random.Next());
    private long _nextScan;
    private long _nextDefence;

    /// <summary>Whether a neighbour that we send to became known or changed, since this was last set to false.</summary>
    public bool HasNews { get; set; }

    /// <summary>Who is told of conflicts.</summary>
    public IAddressConflictSink? Conflicts { get; set; }

    /// <summary>Finds the station of a neighbour, and asks for it if need be.</summary>
    public ResolveOutcome Resolve(Ipv4Address neighbor, long nowNanoseconds, out MacAddress hardware)
    {
        int index = _cache.Find(neighbor);
        if (index < 0)
        {
            index = _cache.Allocate(neighbor, isUsed: true, out Ipv4Address evicted);
            pending.Discard(evicted);
        }

        ref Neighbor entry = ref _cache[index];
        hardware = entry.Hardware;
        entry.LastUsed = nowNanoseconds;
        entry.IsUsed = true;
        switch (entry.State)
        {
            case NeighborState.Reachable:
                if (nowNanoseconds >= entry.ValidUntil)
                {
                    Ask(ref entry, NeighborState.Probing, nowNanoseconds);
                }

                return ResolveOutcome.Resolved;
            case NeighborState.Probing:
                return ResolveOutcome.Resolved;
            case NeighborState.Incomplete:
                return ResolveOutcome.Pending;
            case NeighborState.Failed when nowNanoseconds < entry.NextAttempt:
                return ResolveOutcome.Unreachable;
            default:
                Ask(ref entry, NeighborState.Incomplete, nowNanoseconds);
                return ResolveOutcome.Pending;
        }
    }

    /// <summary>Takes an ARP packet.</summary>
    public void Receive(ReadOnlySpan<byte> payload, long nowNanoseconds)
    {
        if (!ArpPacket.TryParse(payload, out ArpPacket packet))
        {
            counters.Drop(DropReason.ArpMalformed);
            return;
        }

        if (!routing.IsConfigured || packet.SenderHardware == link.Address)
        {
            counters.Drop(DropReason.NotForUs);
            return;
        }

        if (packet.SenderProtocol == routing.Address)
        {
            NoteConflict(nowNanoseconds);
            return;
        }

        bool isForUs = packet.TargetProtocol == routing.Address;
        bool isRequest = packet.Operation == ArpOperation.Request;
        if (routing.IsNeighbor(packet.SenderProtocol))
        {
            Learn(packet, isForUs, nowNanoseconds);
        }

        if (isForUs && isRequest)
        {
            Send(ArpOperation.Reply, packet.SenderHardware, packet.SenderHardware, packet.SenderProtocol);
            counters.ArpReplies++;
        }
    }

    /// <summary>Asks again, gives up, forgets.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        if (nowNanoseconds < _nextScan)
        {
            return;
        }

        _nextScan = nowNanoseconds + ScanNanoseconds;
        for (int index = 0; index < ArpCache.Capacity; index++)
        {
            ref Neighbor entry = ref _cache[index];
            bool isDue = nowNanoseconds >= entry.NextAttempt;
            switch (entry.State)
            {
                case NeighborState.Incomplete or NeighborState.Probing when isDue && entry.Attempts < MaximumAttempts:
                    Repeat(ref entry, nowNanoseconds);
                    break;
                case NeighborState.Incomplete or NeighborState.Probing when isDue:
                    // One that was known may be asked again at once: its silence may have been that of our own link.
                    entry.NextAttempt = entry.State == NeighborState.Probing ? nowNanoseconds : nowNanoseconds + RetryNanoseconds;
                    entry.State = NeighborState.Failed;
                    pending.Discard(entry.Address);
                    break;
                case NeighborState.Failed when isDue:
                case NeighborState.Reachable when nowNanoseconds - entry.LastUsed >= IdleNanoseconds:
                    entry = default;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>
    /// Frames may be lost, because the driver was replaced: who was asked and has not answered is asked again at once.
    /// </summary>
    public void Resume(long nowNanoseconds)
    {
        for (int index = 0; index < ArpCache.Capacity; index++)
        {
            ref Neighbor entry = ref _cache[index];
            if (entry.State is NeighborState.Incomplete or NeighborState.Probing)
            {
                entry.Attempts--;
                Repeat(ref entry, nowNanoseconds);
            }
        }
    }

    /// <summary>Says to all that our address is ours (RFC 5227 §2.3).</summary>
    public void Announce()
    {
        if (routing.IsConfigured)
        {
            Send(ArpOperation.Request, MacAddress.Broadcast, default, routing.Address);
        }
    }

    /// <summary>Forgets everybody, because the device or the network is another one.</summary>
    public void Clear()
    {
        _cache.Clear();
        pending.Clear();
    }

    /// <summary>Lists the neighbours that we send to, for the next instance. Returns how many.</summary>
    public int Export(Span<KnownNeighbor> neighbors)
    {
        int count = 0;
        for (int index = 0; index < ArpCache.Capacity && count < neighbors.Length; index++)
        {
            ref readonly Neighbor entry = ref _cache[index];
            if (entry.HasHardware && entry.IsUsed)
            {
                neighbors[count++] = new KnownNeighbor(entry.Address, entry.Hardware);
            }
        }

        return count;
    }

    /// <summary>Takes over a neighbour from the instance before. It is used at once, and asked again with the first use.</summary>
    public void Import(KnownNeighbor neighbor, long nowNanoseconds)
    {
        if (!routing.IsNeighbor(neighbor.Address)
            || neighbor.Hardware.IsMulticast
            || neighbor.Hardware.Bits == 0
            || _cache.Find(neighbor.Address) >= 0)
        {
            return;
        }

        int index = _cache.Allocate(neighbor.Address, isUsed: true, out Ipv4Address evicted);
        pending.Discard(evicted);
        ref Neighbor entry = ref _cache[index];
        entry.Hardware = neighbor.Hardware;
        entry.State = NeighborState.Reachable;
        entry.ValidUntil = nowNanoseconds;
        entry.LastUsed = nowNanoseconds;
    }

    private void Learn(in ArpPacket packet, bool isForUs, long nowNanoseconds)
    {
        int index = _cache.Find(packet.SenderProtocol);
        if (index >= 0)
        {
            Update(ref _cache[index], packet, isForUs, nowNanoseconds);
            return;
        }

        // RFC 826: who asks us will hear from us, and we shall need its station. Others are not kept.
        if (!isForUs || packet.Operation != ArpOperation.Request)
        {
            return;
        }

        index = _cache.Allocate(packet.SenderProtocol, isUsed: false, out _);
        if (index >= 0)
        {
            Confirm(ref _cache[index], packet.SenderHardware, nowNanoseconds);
        }
    }

    private void Update(ref Neighbor entry, in ArpPacket packet, bool isForUs, long nowNanoseconds)
    {
        bool isAnswer = isForUs && packet.Operation == ArpOperation.Reply;
        bool isSame = entry.HasHardware && entry.Hardware == packet.SenderHardware;
        bool mayChange = !entry.HasHardware || (entry.State == NeighborState.Probing && isAnswer);
        if (isSame ? isForUs : mayChange)
        {
            Confirm(ref entry, packet.SenderHardware, nowNanoseconds);
        }
        else if (!isSame && nowNanoseconds >= entry.LockedUntil && entry.State == NeighborState.Reachable)
        {
            Ask(ref entry, NeighborState.Probing, nowNanoseconds, askAll: true);
        }
    }

    private void Confirm(ref Neighbor entry, MacAddress hardware, long nowNanoseconds)
    {
        bool isNew = !entry.HasHardware || entry.Hardware != hardware;
        entry.Hardware = hardware;
        entry.State = NeighborState.Reachable;
        entry.Attempts = 0;
        entry.ValidUntil = nowNanoseconds + ReachableNanoseconds;
        entry.LockedUntil = nowNanoseconds + RetryNanoseconds;
        if (!entry.IsUsed)
        {
            entry.LastUsed = nowNanoseconds;
        }

        if (isNew)
        {
            HasNews |= entry.IsUsed;
            pending.Release(entry.Address, hardware);
        }
    }

    private void NoteConflict(long nowNanoseconds)
    {
        counters.Drop(DropReason.AddressConflict);

        // Whoever is told may give the address up, and then there is nothing to defend.
        Conflicts?.OnAddressConflict(nowNanoseconds);
        if (nowNanoseconds >= _nextDefence)
        {
            _nextDefence = nowNanoseconds + DefendNanoseconds;
            Announce();
        }
    }

    private void Ask(ref Neighbor entry, NeighborState state, long nowNanoseconds, bool askAll = false)
    {
        entry.State = state;
        entry.Attempts = 0;
        if (askAll)
        {
            entry.Attempts = 1;
        }

        Repeat(ref entry, nowNanoseconds);
    }

    private void Repeat(ref Neighbor entry, long nowNanoseconds)
    {
        // RFC 1122 §2.3.2.1 (2): a known station is asked directly at first, then everybody.
        bool askDirectly = entry.State == NeighborState.Probing && entry.Attempts == 0;
        entry.Attempts++;
        entry.NextAttempt = nowNanoseconds + RetryNanoseconds;
        Send(ArpOperation.Request, askDirectly ? entry.Hardware : MacAddress.Broadcast, default, entry.Address);
    }

    private void Send(ArpOperation operation, MacAddress station, MacAddress targetHardware, Ipv4Address targetProtocol)
    {
        if (link.TryReserve(station, EtherType.Arp, ArpPacket.SizeBytes, out Span<byte> payload))
        {
            new ArpPacket(operation, link.Address, routing.Address, targetHardware, targetProtocol).Write(payload);
        }
    }
}
