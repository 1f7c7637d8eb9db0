using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// How an interface comes by its address and keeps it: the DHCP client with what it needs of the other layers, and what of the lease and
/// the neighbours is saved for the next instance of the stack.
/// </summary>
internal sealed class InterfaceAddress : IDhcpHost, IAddressConflictSink
{
    /// <summary>How often neighbours are saved at most.</summary>
    public const long SaveIntervalNanoseconds = 1_000_000_000;

    private readonly StackMemory _memory;
    private readonly LinkLayer _link;
    private readonly RoutingTable _routing;
    private readonly AddressResolver _resolver;
    private readonly UdpLayer _udp;
    private readonly byte[] _message = new byte[DhcpMessage.MaximumBytes];
    private bool _leaseChanged;
    private long _nextNeighborSave;

    /// <param name="memory">What outlives this instance.</param>
    /// <param name="link">The station for which an address is wanted.</param>
    /// <param name="routing">Is told of the address.</param>
    /// <param name="resolver">Knows the neighbours.</param>
    /// <param name="udp">Carries messages.</param>
    /// <param name="counters">What was done.</param>
    /// <param name="random">Where random numbers come from.</param>
    public InterfaceAddress(
        StackMemory memory,
        LinkLayer link,
        RoutingTable routing,
        AddressResolver resolver,
        UdpLayer udp,
        StackCounters counters,
        RandomSequence random)
    {
        _memory = memory;
        _link = link;
        _routing = routing;
        _resolver = resolver;
        _udp = udp;
        resolver.Conflicts = this;
        Dhcp = new DhcpClient(this, counters, random);
        udp.Ports.TryBind(DhcpMessage.ClientPort, Dhcp);
    }

    /// <summary>The client that gets our address.</summary>
    public DhcpClient Dhcp { get; }

    /// <summary>Looks names up at the server of the lease; null before there are sockets.</summary>
    public DnsClient? Names { get; set; }

    /// <summary>The configuration; an address of zero means none yet.</summary>
    public InterfaceConfiguration Configuration
    {
        get
        {
            DhcpLease lease = Dhcp.Lease;
            return new InterfaceConfiguration(
                _routing.Address.Value,
                _routing.SubnetMask,
                _routing.Gateway.Value,
                lease.NameServer.Value,
                lease.LeaseSeconds,
                Dhcp.HasLease);
        }
    }

    MacAddress IDhcpHost.Station => _link.Address;

    /// <summary>Forgets an address that was given to another station than the one that is there now.</summary>
    public void Abandon()
    {
        if (Dhcp.HasLease)
        {
            _routing.Clear();
            Dhcp.Abandon();
        }
    }

    /// <summary>Goes on with what an earlier instance has saved of this station.</summary>
    public void Recall(long nowNanoseconds)
    {
        if (!_memory.TryLoadLease(_link.Address, out DhcpLease lease) || !Dhcp.TryRestore(lease, nowNanoseconds))
        {
            return;
        }

        Span<KnownNeighbor> neighbors = stackalloc KnownNeighbor[StackMemory.MaximumNeighbors];
        int count = _memory.LoadNeighbors(_link.Address, neighbors);
        foreach (KnownNeighbor neighbor in neighbors[..count])
        {
            _resolver.Import(neighbor, nowNanoseconds);
        }

        // What was just read need not be saved.
        _leaseChanged = false;
    }

    /// <summary>Saves what has changed. Calls the kernel.</summary>
    public void Save(long nowNanoseconds)
    {
        if (_leaseChanged)
        {
            _leaseChanged = false;
            SaveLease();
        }

        if (_resolver.HasNews && nowNanoseconds >= _nextNeighborSave)
        {
            _nextNeighborSave = nowNanoseconds + SaveIntervalNanoseconds;
            _resolver.HasNews = false;
            Span<KnownNeighbor> neighbors = stackalloc KnownNeighbor[StackMemory.MaximumNeighbors];
            int count = _resolver.Export(neighbors);
            _memory.SaveNeighbors(_link.Address, neighbors[..count]);
        }
    }

    void IDhcpHost.SendDhcp(in DhcpMessage message, Ipv4Address source, Ipv4Address destination, long nowNanoseconds)
    {
        int length = message.Write(_message);
        UdpFlow flow = new(source, DhcpMessage.ClientPort, destination, DhcpMessage.ServerPort);
        _udp.TrySend(flow, _message.AsSpan(0, length), nowNanoseconds);
    }

    void IDhcpHost.UseLease(in DhcpLease lease)
    {
        bool isNew = lease.Address != _routing.Address;
        _leaseChanged = true;
        _routing.TryConfigure(lease.Address, lease.SubnetMask, lease.Gateway);
        Names?.UseServer(lease.NameServer);
        if (isNew)
        {
            _resolver.Announce();
        }
    }

    void IDhcpHost.DropLease()
    {
        _leaseChanged = true;
        _routing.Clear();
        _resolver.Clear();
    }

    void IAddressConflictSink.OnAddressConflict(long nowNanoseconds) => Dhcp.ReportConflict(nowNanoseconds);

    private void SaveLease()
    {
        if (Dhcp.HasLease)
        {
            _memory.SaveLease(_link.Address, Dhcp.Lease);
        }
        else
        {
            _memory.Forget();
        }
    }
}
