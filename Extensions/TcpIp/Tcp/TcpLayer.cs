using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// TCP (RFC 9293) over the blocks of an <see cref="IConnectionMemory"/>. Everything is driven from outside by calls that carry the time. What
/// a call made necessary leaves with <see cref="Send"/>, at most one acknowledgment for each connection, however many
/// segments came, and is told by one signal for all.
/// </summary>
internal sealed class TcpLayer : IIpv4Receiver
{
    private readonly ISegmentCarrier _carrier;
    private readonly ITransportHost _host;
    private readonly StackCounters _counters;
    private readonly ConnectionTable _table;
    private readonly HalfOpenTable _halfOpen;
    private readonly ListenerTable _listeners = new();
    private readonly TimeWaitTable _timeWait;
    private readonly ResetRepetition _resets;
    private readonly PendingWork _work = new();
    private readonly ConnectionLifecycle _lifecycle;
    private readonly ConnectionOutput _output;
    private readonly ConnectionTimers _timers;
    private readonly ClosingStates _closing;
    private readonly SynSentState _synSent;
    private readonly SynchronizedStates _synchronized;
    private readonly ListenState _listen;
    private readonly ActiveOpen _opening;
    private readonly UserRequests _requests;

    /// <param name="carrier">The layer below.</param>
    /// <param name="memory">The blocks.</param>
    /// <param name="host">The kernel.</param>
    /// <param name="secret">Known to every instance of one boot, and to nobody else.</param>
    /// <param name="random">Where other random numbers come from.</param>
    /// <param name="counters">What was done.</param>
    public TcpLayer(
        ISegmentCarrier carrier,
        IConnectionMemory memory,
        ITransportHost host,
        SipHash secret,
        RandomSequence random,
        StackCounters counters)
    {
        SipHash spread = new(random.Next(), random.Next());
        InitialSequence sequences = new(secret);
        ConnectionStore store = new(memory);
        SegmentWriter writer = new(carrier, store, counters);
        StatelessReplies replies = new(carrier, counters);
        ChallengeLimit challenges = new(random, counters);
        TimerWheel wheel = new();
        _carrier = carrier;
        _host = host;
        _counters = counters;
        _table = new ConnectionTable(memory.BlockLimit, spread);
        _halfOpen = new HalfOpenTable(spread);
        _timeWait = new TimeWaitTable(replies, spread);
        _resets = new ResetRepetition(_table, _halfOpen, replies, counters);
        _output = new ConnectionOutput(store, writer, counters);
        _lifecycle = new ConnectionLifecycle(store, _table, _timeWait, writer, _resets, wheel, _work, counters);
        _timers = new ConnectionTimers(store, _lifecycle, _output, wheel, _work);
        _closing = new ClosingStates(store, _lifecycle, _work);
        AcknowledgmentInput acknowledgments = new(store, _output, _work);
        DataInput data = new(store, writer, _work, counters);
        _synchronized = new SynchronizedStates(
            store, _lifecycle, _closing, acknowledgments, data, replies, challenges, _work, counters);
        _synSent = new SynSentState(store, _lifecycle, _closing, _synchronized, replies, _work);
        PassiveOpen passive = new(host, _table, _lifecycle, writer, sequences, replies, counters);
        _listen = new ListenState(
            _listeners, _halfOpen, sequences, passive, _synchronized, replies, challenges, counters);
        _opening = new ActiveOpen(memory, _table, _timeWait, _lifecycle, sequences, carrier);
        Errors = new PathErrors(_table, _lifecycle, writer, _work, counters);
        _requests = new UserRequests(store, _table, _lifecycle, _closing, _opening, _work);
    }

    /// <summary>Takes what ICMP says of our segments.</summary>
    public IPathErrorSink Errors { get; }

    /// <summary>Connections that have a block.</summary>
    public int Connections => _table.Count;

    /// <summary>Connections whose SYN we have answered.</summary>
    public int HalfOpenConnections => _halfOpen.Count;

    /// <summary>Connections that are over and kept for a while.</summary>
    public int WaitingConnections => _timeWait.Count;

    /// <summary>Whether something could not be sent yet for want of room.</summary>
    public bool HasOutput => _carrier.IsReady && _work.HasOutput;

    /// <summary>Takes over the connections that there are. Called once, before anything else.</summary>
    public void Adopt(ReadOnlySpan<uint> blocks, long nowNanoseconds)
    {
        _listen.Inherit(nowNanoseconds);
        foreach (uint block in blocks)
        {
            if (_opening.Request(block))
            {
                continue;
            }

            _lifecycle.Adopt(block, nowNanoseconds);
            _requests.Kick(block, nowNanoseconds);
        }
    }

    /// <summary>A device is there again: what was given to the one before may be lost.</summary>
    public void Resume(long nowNanoseconds)
    {
        for (uint block = 0; block < _table.End; block++)
        {
            if (_table.TryGet(block, out Connection? connection))
            {
                _lifecycle.Resume(connection, nowNanoseconds);
                _closing.TakeNotedFinish(connection, nowNanoseconds);
            }
        }

        _halfOpen.Resume(nowNanoseconds);
    }

    /// <summary>Accepts connections to a port. False if there are too many ports.</summary>
    public bool TryListen(ushort port) => _listeners.TryAdd(port);

    /// <summary>No longer accepts connections to a port.</summary>
    public void StopListening(ushort port)
    {
        _listeners.Remove(port);
        _halfOpen.RemoveAll(port);
    }

    /// <summary>The kernel's half of these blocks has changed.</summary>
    public void Kick(ReadOnlySpan<uint> blocks, long nowNanoseconds)
    {
        foreach (uint block in blocks)
        {
            _requests.Kick(block, nowNanoseconds);
        }
    }

    /// <inheritdoc/>
    public void Receive(in Ipv4Datagram datagram, long nowNanoseconds)
    {
        _counters.SegmentsReceived++;
        if (!TcpHeader.TryParse(
            datagram.Payload, out TcpHeader header, out ReadOnlySpan<byte> optionBytes, out ReadOnlySpan<byte> data)
            || !TcpOptions.TryParse(optionBytes, out TcpOptions options))
        {
            _counters.Drop(DropReason.TcpMalformed);
            return;
        }

        if (!TcpHeader.HasValidChecksum(datagram.Payload, datagram.Source, datagram.Destination))
        {
            _counters.Drop(DropReason.TcpChecksum);
            return;
        }

        // RFC 9293 §3.9.2.3, MUST-57: a connection is between two.
        if (datagram.IsBroadcast)
        {
            _counters.Drop(DropReason.NotForUs);
            return;
        }

        ReceivedSegment segment = new()
        {
            Flow = new TcpFlow(datagram.Destination, header.DestinationPort, datagram.Source, header.SourcePort),
            Header = header,
            Options = options,
            Data = data,
        };
        Dispatch(segment, nowNanoseconds);
    }

    /// <summary>Time has passed.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        // While the device is being replaced nothing can be answered, and silence says nothing.
        if (_carrier.IsReady)
        {
            _timers.Run(nowNanoseconds);
            _listen.OnTimer(nowNanoseconds);
            _resets.OnTimer(nowNanoseconds);
        }
    }

    /// <summary>Whether the kernel is to be told of blocks.</summary>
    public bool HasSignals => _work.HasSignals;

    /// <summary>
    /// Sends what has become possible, as far as there is room. As long as <see cref="HasOutput"/> is true it must be called again,
    /// after what was made has left.
    /// </summary>
    public void Send(long nowNanoseconds)
    {
        _opening.Run(nowNanoseconds);
        while (HasOutput && _carrier.HasRoom && _work.TryTakeToSend(out Connection? connection))
        {
            if (!_output.Run(connection, nowNanoseconds))
            {
                _work.Send(connection);
            }

            _timers.Schedule(connection);
        }
    }

    /// <summary>What was sent in calls before this one, or in this one up to now, is the kernel's, whatever becomes of this instance.</summary>
    public void NoteSent() => _lifecycle.CommitThoseTold();

    /// <summary>Names blocks that have changed, each once. Returns how many.</summary>
    public int TakeSignals(Span<uint> blocks) => _work.TakeSignals(blocks);

    /// <summary>Tells the kernel of all blocks that have changed.</summary>
    public void Signal()
    {
        Span<uint> blocks = stackalloc uint[TransportLimits.NamedConnections];
        for (int count = _work.TakeSignals(blocks); count != 0; count = _work.TakeSignals(blocks))
        {
            // A signal that is lost is one of those that the next instance repeats.
            _ = _host.Signal(blocks[..count]);
        }
    }

    private void Dispatch(in ReceivedSegment segment, long nowNanoseconds)
    {
        if (_table.TryFind(segment.Flow, out Connection? connection))
        {
            if (connection.State == ConnectionState.SynSent)
            {
                _synSent.Receive(connection, segment, nowNanoseconds);
            }
            else
            {
                _synchronized.Receive(connection, segment, nowNanoseconds);
            }
        }
        else if (!_timeWait.TryReceive(segment, nowNanoseconds))
        {
            _listen.Receive(segment, nowNanoseconds);
        }
    }
}
