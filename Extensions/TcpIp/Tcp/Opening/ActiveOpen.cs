using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Connections that are opened from here (RFC 9293 §3.10.1). They wait until there is an address: the first that a new instance hears of is
/// which connections there are, and only then which device.
/// </summary>
internal sealed class ActiveOpen(
    IConnectionMemory memory,
    ConnectionTable table,
    TimeWaitTable timeWait,
    ConnectionLifecycle lifecycle,
    InitialSequence sequences,
    ISegmentCarrier carrier)
{
    // RFC 6056 §3.2 and RFC 6335 §6: the dynamic ports.
    private const int FirstPort = 49152;
    private const int PortCount = 65536 - FirstPort;

    private readonly List<uint> _waiting = [];

    /// <summary>A block is to be connected. False if its half does not say so, or the connection was begun already.</summary>
    public bool Request(uint block)
    {
        if (block >= memory.BlockLimit || !IsWanted(new ConnectionBlock(memory.GetBlock(block))))
        {
            return false;
        }

        if (!_waiting.Contains(block))
        {
            _waiting.Add(block);
        }

        return true;
    }

    /// <summary>Sends the SYNs that wait, if there is an address; gives up those that nobody wants any more.</summary>
    public void Run(long nowNanoseconds)
    {
        for (int index = _waiting.Count - 1; index >= 0; index--)
        {
            uint block = _waiting[index];
            if (carrier.IsReady || !IsStillWanted(new ConnectionBlock(memory.GetBlock(block))))
            {
                _waiting.RemoveAt(index);
                Begin(block, nowNanoseconds);
            }
        }
    }

    private static bool IsWanted(ConnectionBlock block)
        => (block.Kernel.Requests & ConnectionRequests.Connect) != 0 && !block.IsCommitted;

    private static bool IsStillWanted(ConnectionBlock block)
        => (block.Kernel.Requests & ConnectionRequests.Abort) == 0 && !UserRequests.HasLeft(block);

    private void Begin(uint block, long nowNanoseconds)
    {
        ConnectionBlock bytes = new(memory.GetBlock(block));
        if (!IsWanted(bytes) || !table.TryPrepare(block, out Connection? connection))
        {
            return;
        }

        connection.Flow = new TcpFlow(
            carrier.Address, bytes.Kernel.LocalPort, new Ipv4Address(bytes.Kernel.RemoteAddress), bytes.Kernel.RemotePort);
        bool isPossible = connection.Flow.RemotePort != 0 && connection.Flow.Remote.IsHost && TryChoosePort(connection, nowNanoseconds);
        connection.InitialSend = sequences.Make(connection.Flow, nowNanoseconds);
        connection.TimestampOffset = sequences.TimestampOffset(connection.Flow);
        connection.HeardAt = nowNanoseconds;
        timeWait.Forget(connection.Flow);
        if (isPossible && IsStillWanted(bytes))
        {
            lifecycle.Begin(connection, ConnectionState.SynSent);
        }
        else
        {
            lifecycle.Refuse(connection, ConnectionError.Unreachable);
        }
    }

    // RFC 6056 §3.3.3, algorithm 3 without its counter: each peer has its own order of ports, which nobody else knows.
    private bool TryChoosePort(Connection connection, long nowNanoseconds)
    {
        TcpFlow flow = connection.Flow;
        if (flow.LocalPort != 0)
        {
            return !table.TryFind(flow, out _);
        }

        uint first = sequences.PortOffset(flow);
        for (uint step = 0; step < PortCount; step++)
        {
            flow = flow with { LocalPort = (ushort)(FirstPort + ((first + step) % PortCount)) };
            if (!table.TryFind(flow, out _) && !timeWait.Contains(flow, nowNanoseconds))
            {
                connection.Flow = flow;
                return true;
            }
        }

        return false;
    }
}
