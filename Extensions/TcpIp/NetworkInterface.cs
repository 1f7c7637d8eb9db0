using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// One device with all that runs over it. Everything here is driven from outside by calls that carry the time; each of them ends
/// with what must be kept being saved and what was made being sent, or given back by <see cref="Exchange"/>. Only there the kernel is called, when all state is consistent:
/// meanwhile other threads may enter.
/// </summary>
internal sealed class NetworkInterface
{
    /// <summary>Batches that may wait to be sent.</summary>
    public const int MaximumBatches = 8;

    private const long TimerIntervalNanoseconds = 10_000_000;

    private readonly IFrameTransmitter _transmitter;
    private readonly StackMemory _memory;
    private readonly OutgoingFrames _outgoing = new(MaximumBatches);
    private readonly LinkLayer _link;
    private readonly RoutingTable _routing = new();
    private readonly PendingFrames _pending;
    private readonly AddressResolver _resolver;
    private readonly Ipv4Layer _internet;
    private readonly IcmpLayer _icmp;
    private readonly RandomSequence _random;
    private readonly InterfaceAddress _address;
    private bool _isLinkUp;
    private bool _isAllMoved;
    private long _nextTimers;

    /// <param name="transmitter">Where frames go.</param>
    /// <param name="store">What outlives this instance.</param>
    /// <param name="randomSeed">Where random numbers start.</param>
    public NetworkInterface(IFrameTransmitter transmitter, IStateStore store, ulong randomSeed)
    {
        RandomSequence random = new(randomSeed);
        _random = random;
        _transmitter = transmitter;
        _memory = new StackMemory(store);
        _link = new LinkLayer(_outgoing, Counters);
        _pending = new PendingFrames(_link, Counters);
        _resolver = new AddressResolver(_link, _routing, _pending, Counters, random);
        _internet = new Ipv4Layer(_link, _routing, _resolver, _pending, Counters, random);
        _icmp = new IcmpLayer(_internet, _routing, Counters, random);
        Udp = new UdpLayer(_internet, _icmp, _routing, Counters);
        _internet.Icmp = _icmp;
        _internet.Udp = Udp;
        _address = new InterfaceAddress(_memory, _link, _routing, _resolver, Udp, Counters, random);
        Udp.Ports.TryBind(EchoService.Port, new EchoService(Udp, _routing, Counters));
    }

    /// <summary>What was done.</summary>
    public StackCounters Counters { get; } = new();

    /// <summary>UDP over this interface.</summary>
    public UdpLayer Udp { get; }

    /// <summary>What sockets need; null before <see cref="OpenTransport"/>.</summary>
    public Transport? Transport { get; private set; }

    /// <summary>The client that gets our address.</summary>
    public DhcpClient Dhcp => _address.Dhcp;

    /// <summary>Frames that wait for the station of their next hop to be found.</summary>
    public int WaitingFrames => _pending.Count;

    /// <summary>Our address; none until there is one.</summary>
    public Ipv4Address Address => _routing.Address;

    /// <summary>The configuration; an address of zero means none yet.</summary>
    public InterfaceConfiguration Configuration => _address.Configuration;

    /// <summary>From now on there are sockets.</summary>
    /// <param name="connections">The blocks of connections.</param>
    /// <param name="host">The kernel.</param>
    public void OpenTransport(IConnectionMemory connections, ITransportHost host)
    {
        SipHash secret = _memory.KeepSecret(new SipHash(_random.Next(), _random.Next()));
        SegmentCarrier carrier = new(_internet, _link, _routing, _outgoing);
        TcpLayer tcp = new(carrier, connections, host, secret, _random, Counters);
        Transport = new Transport(
            tcp, new DatagramSockets(Udp, _routing, host, Counters), new DnsClient(Udp, _routing, host, _random, Counters));
        _internet.Tcp = tcp;
        _address.Names = Transport.Names;
        _icmp.TcpErrors = tcp.Errors;
    }

    /// <summary>Takes over the connections that there are. Nothing is sent before a device is there.</summary>
    public void Adopt(ReadOnlySpan<uint> blocks, long nowNanoseconds)
    {
        Transport?.Tcp.Adopt(blocks, nowNanoseconds);
        Complete(nowNanoseconds);
    }

    /// <summary>The kernel's half of these blocks has changed.</summary>
    public void Kick(ReadOnlySpan<uint> blocks, long nowNanoseconds)
    {
        Transport?.Tcp.Kick(blocks, nowNanoseconds);
        Complete(nowNanoseconds);
    }

    /// <summary>Sends datagrams of sockets.</summary>
    public void SendDatagrams(ReadOnlySpan<byte> batch, long nowNanoseconds)
    {
        Transport?.Datagrams.Send(batch, nowNanoseconds);
        Complete(nowNanoseconds);
    }

    /// <summary>Looks a name up; the kernel is told what was found.</summary>
    public void Resolve(uint query, ReadOnlySpan<byte> name, long nowNanoseconds)
    {
        Transport?.Names.Ask(query, name, Dhcp.Lease.NameServer, nowNanoseconds);
        Complete(nowNanoseconds);
    }

    /// <summary>A device is there, for the first time or again. Calling it twice does no harm.</summary>
    public void Attach(MacAddress station, int payloadBytes, bool isLinkUp, long nowNanoseconds)
    {
        bool isOther = station != _link.Address;
        if (isOther)
        {
            _address.Abandon();
        }

        bool isBack = !_link.IsAttached;
        _link.Attach(station, payloadBytes);
        if (isOther)
        {
            _resolver.Clear();
            _address.Recall(nowNanoseconds);
        }

        if (isBack)
        {
            Resume(nowNanoseconds);
        }

        SetLink(isLinkUp, nowNanoseconds);
        Complete(nowNanoseconds);
    }

    /// <summary>The device is gone. Address and neighbours are kept for when it comes back.</summary>
    public void Detach()
    {
        _link.Detach();
        _isLinkUp = false;
        Dhcp.LinkDown();
    }

    /// <summary>The link changed.</summary>
    public void ChangeLink(bool isUp, long nowNanoseconds)
    {
        // Told that it is up, as it was or was not: either way frames may be lost that were under way.
        if (isUp)
        {
            Resume(nowNanoseconds);
        }

        SetLink(isUp, nowNanoseconds);
        Complete(nowNanoseconds);
    }

    /// <summary>
    /// Takes a batch of frames and what the kernel says of blocks, and gives what there is to send and to say, as much as there is
    /// room for. The kernel is called for nothing of that.
    /// </summary>
    public StackExchange Exchange(
        ReadOnlySpan<byte> received, ReadOnlySpan<uint> kicked, Span<byte> outgoing, Span<uint> signals, long nowNanoseconds)
    {
        if (_isAllMoved)
        {
            Transport?.Tcp.NoteSent();
        }

        uint frames = 0;
        while (PacketBatch.TryRead(ref received, out ReadOnlySpan<byte> frame))
        {
            frames++;
            ReceiveFrame(frame, nowNanoseconds);
        }

        Transport?.Tcp.Kick(kicked, nowNanoseconds);
        if (nowNanoseconds >= _nextTimers)
        {
            RunTimers(nowNanoseconds);
        }

        _address.Save(nowNanoseconds);
        int usedBytes = 0;
        do
        {
            Transport?.Tcp.Send(nowNanoseconds);
            _isAllMoved = _outgoing.TryMoveTo(outgoing, ref usedBytes, out uint moved);
            Counters.FramesTransmitted += moved;
        }
        while (_isAllMoved && Transport is { Tcp.HasOutput: true });

        int signalled = Transport?.Tcp.TakeSignals(signals) ?? 0;
        Transport?.Complete();
        return new StackExchange(
            frames, (uint)usedBytes, (uint)signalled, !_isAllMoved || Transport is { Tcp: { HasOutput: true } or { HasSignals: true } });
    }

    /// <summary>Time has passed.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        RunTimers(nowNanoseconds);
        Complete(nowNanoseconds);
    }

    /// <summary>Sends an echo request. False if it cannot be sent.</summary>
    public bool TryPing(Ipv4Address destination, ushort sequence, long nowNanoseconds)
    {
        bool sent = _routing.IsConfigured
            && !_routing.IsBroadcast(destination)
            && _icmp.TryPing(destination, sequence, nowNanoseconds);
        Complete(nowNanoseconds);
        return sent;
    }

    /// <summary>Tells what became of an echo request.</summary>
    public bool TryGetPing(ushort sequence, out PingStatus status) => _icmp.TryGetPing(sequence, out status);

    private void ReceiveFrame(ReadOnlySpan<byte> frame, long nowNanoseconds)
    {
        Counters.FramesReceived++;
        if (!EthernetHeader.TryParse(frame, out EthernetHeader header))
        {
            Counters.Drop(DropReason.EthernetMalformed);
            return;
        }

        bool isBroadcast = header.Destination.IsMulticast;
        bool isOurs = _link.IsAttached && (header.Destination == _link.Address || header.Destination == MacAddress.Broadcast);
        ReadOnlySpan<byte> payload = frame[EthernetHeader.SizeBytes..];
        switch (header.Type)
        {
            case EtherType.Ipv4 when isOurs:
                _internet.Receive(payload, isBroadcast, nowNanoseconds);
                break;
            case EtherType.Arp when isOurs:
                _resolver.Receive(payload, nowNanoseconds);
                break;
            default:
                Counters.Drop(DropReason.NotForUs);
                break;
        }
    }

    private void RunTimers(long nowNanoseconds)
    {
        _nextTimers = nowNanoseconds + TimerIntervalNanoseconds;
        if (_link.IsAttached)
        {
            _resolver.OnTimer(nowNanoseconds);
        }

        if (_isLinkUp || Dhcp.HasLease)
        {
            Dhcp.OnTimer(nowNanoseconds);
        }

        Transport?.OnTimer(nowNanoseconds);
    }

    private void Resume(long nowNanoseconds)
    {
        _resolver.Resume(nowNanoseconds);
        Dhcp.Resume(nowNanoseconds);
        Transport?.Resume(nowNanoseconds);
    }

    private void SetLink(bool isUp, long nowNanoseconds)
    {
        if (isUp == _isLinkUp)
        {
            return;
        }

        _isLinkUp = isUp;
        if (isUp)
        {
            Dhcp.LinkUp(nowNanoseconds);
            Dhcp.OnTimer(nowNanoseconds);
        }
        else
        {
            Dhcp.LinkDown();
        }
    }

    private void Complete(long nowNanoseconds)
    {
        _address.Save(nowNanoseconds);

        // Connections may have more to send than there is room for at once. If the kernel takes no more, they wait for the next call.
        bool isTaken;
        do
        {
            Transport?.Tcp.Send(nowNanoseconds);
            isTaken = TryTransmit();
        }
        while (isTaken && Transport is { Tcp.HasOutput: true });

        Transport?.Tcp.NoteSent();
        Transport?.Tcp.Signal();
        Transport?.Complete();
    }

    // False if the kernel did not take all.
    private bool TryTransmit()
    {
        bool isTaken = true;
        while (_outgoing.TryTake(out FrameBatch? batch))
        {
            uint taken = Math.Min(_transmitter.Transmit(batch.Bytes), batch.Frames);
            isTaken &= taken == batch.Frames;
            Counters.FramesTransmitted += taken;
            Counters.Drop(DropReason.NotTransmitted, batch.Frames - taken);
            _outgoing.Return(ref batch);
        }

        return isTaken;
    }
}
