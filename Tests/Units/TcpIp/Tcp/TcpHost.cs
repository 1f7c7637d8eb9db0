using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>
/// A host at a <see cref="TcpLink"/>: the TCP of the stack over blocks, with a kernel above it and a link below it. Its instance can be
/// thrown away, and the next one takes the blocks over.
/// </summary>
internal sealed class TcpHost : ITcpStation, ISegmentCarrier, ITransportHost
{
    private readonly TcpLink _link;
    private readonly SipHash _secret;
    private readonly Queue<TcpSocket> _accepted = new();
    private readonly List<uint> _kicks = [];
    private readonly List<(Ipv4Flow Flow, byte[] Segment)> _made = [];
    private readonly HashSet<ushort> _ports = [];
    private ulong _seed;

    public TcpHost(TcpLink link, uint address, ulong seed = 1)
    {
        _link = link;
        _seed = seed;
        _secret = new SipHash(seed * 0x1234_5678_9ABC_DEF1, ~seed);
        Address = new Ipv4Address(address);
        link.Attach(this);
        Tcp = Start();
    }

    public BlockMemory Memory { get; } = new();

    public StackCounters Counters { get; } = new();

    public TcpLayer Tcp { get; private set; }

    public Ipv4Address Address { get; }

    public int DatagramBytes { get; set; } = 1500;

    public bool IsReady { get; set; } = true;

    public bool HasRoom => _made.Count < RoomPackets;

    /// <summary>Packets that fit before some have to leave.</summary>
    public int RoomPackets { get; set; } = 128;

    /// <summary>Connections that may wait to be accepted.</summary>
    public int Backlog { get; set; } = 64;

    /// <summary>Calls that carried packets away.</summary>
    public int Transmissions { get; private set; }

    public int Crashes { get; private set; }

    public int Signals { get; private set; }

    /// <summary>What runs above. The stack is told of what they do once in a round, as the kernel does.</summary>
    public List<Action<long>> Applications { get; } = [];

    public void Listen(ushort port)
    {
        _ports.Add(port);
        Assert.True(Tcp.TryListen(port));
    }

    public TcpSocket Connect(Ipv4Address remote, ushort port, ushort localPort = 0)
    {
        Assert.True(Memory.TryAllocate(out uint block));
        TcpSocket socket = new(this, block);
        ref ConnectionKernelHalf half = ref socket.Bytes.Kernel;
        half.Requests = ConnectionRequests.Connect;
        half.RemoteAddress = remote.Value;
        half.RemotePort = port;
        half.LocalPort = localPort;
        Kick(block);
        return socket;
    }

    public bool TryAccept(out TcpSocket socket)
    {
        // The kernel shows a connection only once the stack has committed it.
        bool isThere = _accepted.TryPeek(out socket!) && socket.State != ConnectionState.None;
        return isThere && _accepted.TryDequeue(out _);
    }

    public void Kick(uint block)
    {
        if (!_kicks.Contains(block))
        {
            _kicks.Add(block);
        }
    }

    /// <summary>The instance dies, with all that it knew, and the next one starts.</summary>
    public void Crash()
    {
        _made.Clear();
        foreach (uint block in Memory.Used.Where(IsLeftBehind).ToList())
        {
            Memory.Free(block);
        }

        TcpSocket[] kept = [.. _accepted.Where(socket => Memory.Used.Contains(socket.Block))];
        _accepted.Clear();
        foreach (TcpSocket socket in kept)
        {
            _accepted.Enqueue(socket);
        }

        Crashes++;
        Tcp = Start();
        uint[] blocks = [.. Memory.Used.Where(block => new ConnectionBlock(Memory.Peek(block)).Transport.State != ConnectionState.Closed)];
        Tcp.Adopt(blocks, _link.Now);
        Tcp.Resume(_link.Now);
        foreach (ushort port in _ports)
        {
            Assert.True(Tcp.TryListen(port));
        }

        Complete(_link.Now);
    }

    /// <summary>Kills the instance at so many accesses to a block from now, in the middle of whatever it does.</summary>
    public void KillAfter(int accesses) => Memory.Accessed = () =>
    {
        if (--accesses == 0)
        {
            Memory.Accessed = null;
            throw new InstanceKilledException();
        }
    };

    public void Receive(List<Packet> batch, long nowNanoseconds) => Enter(() =>
    {
        foreach (Packet packet in batch)
        {
            Deliver(packet, nowNanoseconds);
        }

        Complete(nowNanoseconds);
    });

    /// <summary>Takes a segment as if it had just come, alone.</summary>
    public void Receive(Packet packet) => Receive([packet], _link.Now);

    public void OnTimer(long nowNanoseconds) => Enter(() =>
    {
        Tcp.OnTimer(nowNanoseconds);
        Complete(nowNanoseconds);
    });

    public void Work(long nowNanoseconds)
    {
        foreach (Action<long> application in Applications.ToArray())
        {
            application(nowNanoseconds);
        }

        if (_kicks.Count != 0)
        {
            uint[] kicks = [.. _kicks];
            _kicks.Clear();
            Enter(() =>
            {
                Tcp.Kick(kicks, nowNanoseconds);
                Complete(nowNanoseconds);
            });
        }
    }

    public bool TryReserve(in Ipv4Flow flow, int segmentBytes, long nowNanoseconds, out Span<byte> segment)
    {
        segment = default;
        if (!IsReady || _made.Count >= RoomPackets)
        {
            return false;
        }

        Assert.True(segmentBytes + Ipv4Header.SizeBytes <= DatagramBytes, "larger than the link carries");
        byte[] bytes = new byte[segmentBytes];
        _made.Add((flow, bytes));
        segment = bytes;
        return true;
    }

    CallResult<ConnectionMemoryDescription> ITransportHost.Register() => throw new NotSupportedException();

    CallResult<AcceptedConnection> ITransportHost.AcceptConnection(ushort localPort, uint remoteAddress, ushort remotePort)
    {
        if (!_ports.Contains(localPort))
        {
            return CallResult<AcceptedConnection>.Failure(CallStatus.NotFound);
        }

        if (_accepted.Count >= Backlog || !Memory.TryAllocate(out uint block))
        {
            return CallResult<AcceptedConnection>.Failure(CallStatus.Busy);
        }

        TcpSocket socket = new(this, block);
        socket.Bytes.Kernel.Requests = ConnectionRequests.Accepted;
        _accepted.Enqueue(socket);
        return CallResult<AcceptedConnection>.Ok(new AcceptedConnection(block, socket.Bytes.Kernel.Generation));
    }

    CallResult ITransportHost.Signal(ReadOnlySpan<uint> blocks)
    {
        Signals++;
        foreach (uint block in blocks)
        {
            CheckWhatTheKernelChecks(block);
        }

        return CallResult.Ok;
    }

    CallResult<uint> ITransportHost.ReceiveDatagrams(ReadOnlySpan<byte> batch) => throw new NotSupportedException();

    CallResult ITransportHost.Resolved(uint query, uint address, CallStatus outcome) => throw new NotSupportedException();

    private void Enter(Action call)
    {
        try
        {
            call();
        }
        catch (InstanceKilledException)
        {
            Crash();
        }
    }

    private TcpLayer Start() => new(this, Memory, this, _secret, new RandomSequence(_seed++), Counters);

    // On the death of an instance the block of a connection that it had not committed yet goes back.
    private bool IsLeftBehind(uint block)
    {
        ConnectionBlock bytes = new(Memory.Peek(block));
        return (bytes.Kernel.Requests & ConnectionRequests.Accepted) != 0 && !bytes.IsCommitted;
    }

    private void CheckWhatTheKernelChecks(uint block)
    {
        ConnectionBlock bytes = new(Memory.Peek(block));
        Assert.True(bytes.IsCommitted);
        Assert.True(bytes.Transport.SendAcknowledged <= bytes.Kernel.SendWritten);
        Assert.True(bytes.Transport.ReceiveWritten - bytes.Kernel.ReceiveRead <= (ulong)bytes.ReceiveRing.Length);
        Assert.Equal(bytes.ComputeChecksum(), bytes.Transport.Checksum);
    }

    private void Deliver(Packet packet, long nowNanoseconds)
    {
        Ipv4Datagram datagram = new()
        {
            Source = packet.Source,
            Destination = packet.Destination,
            IsBroadcast = false,
            Packet = packet.Segment,
            Payload = packet.Segment,
        };
        Tcp.Receive(datagram, nowNanoseconds);
    }

    private void Complete(long nowNanoseconds)
    {
        do
        {
            Tcp.Send(nowNanoseconds);

            // What was made dies with an instance that dies now.
            Memory.Accessed?.Invoke();
            Transmissions += _made.Count == 0 ? 0 : 1;
            foreach ((Ipv4Flow flow, byte[] segment) in _made)
            {
                Assert.True(TcpHeader.HasValidChecksum(segment, flow.Source, flow.Destination));
                _link.Send(new Packet(flow.Source, flow.Destination, segment));
            }

            _made.Clear();
        }
        while (Tcp.HasOutput);

        Tcp.NoteSent();
        Tcp.Signal();
    }
}
