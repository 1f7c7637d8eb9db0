using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Stands between the users of sockets and the network stack, so that connections outlive the stack.
/// <para>
/// Of a connection everything that cannot be lost lies in a block of the kernel's memory, which the stack that runs now can
/// write: bytes under way in both directions, and how far they are. When the stack dies its blocks stay, users go on writing
/// and reading what is there, and the next instance takes the blocks over. The ports that are listened at, the datagrams that
/// wait and the names that are looked up are kept here and told to it again.
/// </para>
/// <para>
/// Use: give a <see cref="SocketServices"/> to each instance that may have sockets and a <see cref="TransportHostService"/> to
/// each instance of the stack; add this shadow to the recovery manager before that of the network device, so that a fresh stack
/// has the connections before the first frame; and give it to that shadow, whose thread tells the stack of changes.
/// </para>
/// </summary>
public sealed class SocketShadow : IRecoveryParticipant
{
    private readonly Lock _sync = new();
    private readonly IKernelSignal _work;
    private readonly IConnectionBlocks _blocks;
    private readonly SocketShadowOptions _options;
    private readonly ConnectionTable _connections;
    private ulong _signals;

    /// <param name="clock">Time.</param>
    /// <param name="work">Wakes the thread that tells the stack of changes.</param>
    /// <param name="makeSignal">Makes a signal for one waiting thread. Signals are kept and used again.</param>
    /// <param name="blocks">Memory of connections.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    /// <param name="options">Bounds.</param>
    public SocketShadow(
        IKernelClock clock,
        IKernelSignal work,
        Func<IKernelSignal> makeSignal,
        IConnectionBlocks blocks,
        IFaultSink faults,
        SocketShadowOptions options)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks.Limit, (uint)TransportLimits.Connections);
        Clock = clock;
        Faults = faults;
        _work = work;
        _blocks = blocks;
        _options = options;
        _connections = new ConnectionTable(blocks);

        // Ports differ from boot to boot, so that a peer does not mix up this boot's connections with the last one's.
        uint seed = (uint)(clock.NowNanoseconds >> 10);
        Streams = new StreamPorts(options, seed);
        Datagrams = new DatagramPorts(options, seed);
        Queries = new NameQueries(options.MaximumQueries);
        Life = new ConnectionLife(_connections, Streams, clock, options);
        Orphans = new OrphanedListeners(Streams, Life, clock, options);
        Use = new ConnectionUse(this);
        Messages = new MessageUse(this);
        Calls = new WaitingCalls(_sync, clock, makeSignal);
        Transport = new TransportSide(_sync, _connections, Life, Streams, Datagrams, Queries, clock, options);
    }

    internal IKernelClock Clock { get; }

    internal IFaultSink Faults { get; }

    internal uint BlockLimit => _blocks.Limit;

    internal ulong DatagramQueueBytes => (ulong)_options.DatagramQueueBytes;

    internal StreamPorts Streams { get; }

    internal DatagramPorts Datagrams { get; }

    internal NameQueries Queries { get; }

    internal ConnectionLife Life { get; }

    internal OrphanedListeners Orphans { get; }

    internal ConnectionUse Use { get; }

    internal MessageUse Messages { get; }

    internal WaitingCalls Calls { get; }

    internal TransportSide Transport { get; }

    /// <summary>What guards everything in here.</summary>
    internal Lock Sync => _sync;

    /// <inheritdoc/>
    public void InstanceStopped(uint domainId) => Transport.InstanceStopped(domainId);

    /// <inheritdoc/>
    public CallStatus InstanceStarted(uint domainId) => Transport.InstanceStarted(domainId);

    /// <inheritdoc/>
    public void ExtensionGone(uint domainId)
    {
        lock (_sync)
        {
            Orphans.CloseAllOf(domainId);
        }

        Transport.ExtensionGone(domainId);
    }

    /// <summary>
    /// Tells the stack what has changed, and readers what has arrived. False if there was nothing. Called by the network thread only.
    /// </summary>
    public bool Push(long nowNanoseconds)
    {
        bool pushed = Transport.Push(nowNanoseconds);
        bool holdsBack;
        lock (_sync)
        {
            holdsBack = Life.HoldsBack && Life.TellReaders();
        }

        return pushed || holdsBack;
    }

    /// <summary>Time has passed. Returns when there is something to do next. Called by the network thread only.</summary>
    public long Tick(long nowNanoseconds)
    {
        long next;
        lock (_sync)
        {
            next = Math.Min(Life.Tick(nowNanoseconds), Orphans.Tick(nowNanoseconds));
        }

        return Math.Min(next, _blocks.Trim(nowNanoseconds));
    }

    /// <summary>What passed through here.</summary>
    public SocketStatistics GetStatistics()
    {
        lock (_sync)
        {
            return new SocketStatistics(
                _connections.Count,
                _connections.Opened,
                Transport.Adopted,
                Life.Violations,
                Transport.Kicks,
                _signals,
                Datagrams.Dropped);
        }
    }

    /// <summary>Describes listeners, connections and ports for datagrams, in this order.</summary>
    public IReadOnlyList<SocketRow> Describe()
    {
        lock (_sync)
        {
            return SocketRows.Make(Streams, _connections, Datagrams);
        }
    }

    /// <summary>Wakes the network thread if something was noted meanwhile that the stack is to hear of now.</summary>
    internal void Settle()
    {
        if (Life.IsUrgent)
        {
            Life.IsUrgent = false;
            _work.Set();
        }
    }

    /// <summary>There is something for the stack besides connections.</summary>
    internal void Wake() => _work.Set();

    /// <summary>
    /// Takes a block for a connection. Not under the lock: clearing memory takes time. If there is none, one is made free for who asks next.
    /// </summary>
    internal bool TryTakeBlock(out uint block)
    {
        if (_blocks.TryTake(out block))
        {
            return true;
        }

        lock (_sync)
        {
            Life.MakeRoom();
        }

        Settle();
        return false;
    }

    /// <summary>Gives back a block that no connection was begun in.</summary>
    internal void ReturnBlock(uint block) => _blocks.Return(block);

    /// <summary>A connection has come in. The stack waits for the answer.</summary>
    internal CallResult<AcceptedConnection> Accept(in ConnectionName name)
    {
        lock (_sync)
        {
            if (Streams.Find(name.LocalPort) is not { } listener)
            {
                return CallResult<AcceptedConnection>.Failure(CallStatus.NotFound);
            }

            if (listener.Count >= listener.Backlog)
            {
                return CallResult<AcceptedConnection>.Failure(CallStatus.Busy);
            }
        }

        if (!TryTakeBlock(out uint block))
        {
            return CallResult<AcceptedConnection>.Failure(CallStatus.OutOfResources);
        }

        lock (_sync)
        {
            // The lock was given up in between.
            if (Streams.Find(name.LocalPort) is { } listener)
            {
                listener.Count++;
                Connection connection = Life.Arrive(listener, block, in name);
                return CallResult<AcceptedConnection>.Ok(new AcceptedConnection(block, connection.Generation));
            }
        }

        ReturnBlock(block);
        return CallResult<AcceptedConnection>.Failure(CallStatus.NotFound);
    }

    /// <summary>
    /// Takes blocks of which the stack in that domain is to be told, and returns how many. None if it is not the one that carries
    /// connections.
    /// </summary>
    internal int TakeKicks(uint domainId, Span<uint> blocks) => Transport.TakeKicks(domainId, blocks);

    /// <summary>The stack in that domain says the same as by the other call, if it is the one that carries connections.</summary>
    internal void Signal(uint domainId, ReadOnlySpan<uint> blocks)
    {
        if (Transport.IsReady(domainId))
        {
            Signal(blocks);
        }
    }

    /// <summary>The stack says that its half of these blocks has changed. A number that is none is passed over.</summary>
    internal void Signal(ReadOnlySpan<uint> blocks)
    {
        lock (_sync)
        {
            _signals++;
            foreach (uint block in blocks)
            {
                if (_connections.Find(block) is { } connection)
                {
                    Life.Look(connection);
                }
            }
        }

        Settle();
        if (Life.HoldsBack)
        {
            // The network thread tells them, which may not be this one.
            _work.Set();
        }
    }

    /// <summary>Datagrams have come in.</summary>
    internal uint Deliver(ReadOnlySpan<byte> batch)
    {
        lock (_sync)
        {
            return Datagrams.Deliver(batch);
        }
    }

    /// <summary>A name was looked up.</summary>
    internal void Answer(uint query, uint address, CallStatus outcome)
    {
        // Only what may become the outcome of a user's call: some statuses would make a fault of it.
        bool isAllowed = outcome is CallStatus.Ok or CallStatus.NotFound or CallStatus.TimedOut or CallStatus.Unreachable;
        lock (_sync)
        {
            Queries.Answer(query, address, isAllowed ? outcome : CallStatus.Failed);
        }
    }

    /// <summary>A socket was given back, by its owner or by the tracker.</summary>
    internal void Release(Socket socket)
    {
        lock (_sync)
        {
            socket.IsClosed = true;
            socket.Owner.Forget(socket);
            socket.WakeAll();
            if (socket.Connection is { } connection)
            {
                if (socket.End != SocketEnd.OwnerDied || !Life.TryStartOver(connection, socket.Owner.DomainId))
                {
                    Life.Leave(connection, socket.End);
                }
            }

            if (socket.Datagrams is { } datagrams)
            {
                Datagrams.Close(datagrams);
                Life.IsUrgent = true;
            }
            else if (socket.Listener is { } listener)
            {
                Orphans.Release(listener, socket.End);
            }
            else if (socket.BoundPort != 0)
            {
                Streams.Return(socket.BoundPort);
            }
        }

        Settle();
    }
}
