using System;
using System.Collections.Generic;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Tests.Units.KHttpd.Harness;

/// <summary>Connections in memory. As of sockets, each change is reported once.</summary>
internal sealed class MemoryTransport : IServerTransport
{
    private readonly Dictionary<ConnectionId, MemoryConnection> _connections = [];
    private readonly Queue<MemoryConnection> _waiting = new();
    private readonly List<ConnectionId> _signalled = [];
    private readonly HashSet<ConnectionId> _isSignalled = [];
    private ulong _lastId;
    private bool _newWaiting;

    /// <summary>Whether the server would wait now: nothing is left to do until time passes or a client acts.</summary>
    public bool IsQuiet { get; private set; }

    public int OpenConnections => _connections.Count;

    public MemoryConnection Connect(uint peer = 1)
    {
        MemoryConnection connection = new(this, new ConnectionId(++_lastId), peer);
        _waiting.Enqueue(connection);
        _newWaiting = true;
        return connection;
    }

    public void Signal(ConnectionId id)
    {
        if (_connections.ContainsKey(id) && _isSignalled.Add(id))
        {
            _signalled.Add(id);
        }
    }

    public int Wait(Span<ConnectionId> ready, long timeoutNanoseconds, out bool mayAccept)
    {
        mayAccept = _newWaiting;
        _newWaiting = false;
        int count = Math.Min(ready.Length, _signalled.Count);
        for (int index = 0; index < count; index++)
        {
            ready[index] = _signalled[index];
            _isSignalled.Remove(_signalled[index]);
        }

        _signalled.RemoveRange(0, count);
        IsQuiet = count == 0 && !mayAccept && timeoutNanoseconds > 0;
        return count;
    }

    public bool TryAccept(out ConnectionId id, out uint peer)
    {
        bool isThere = _waiting.TryDequeue(out MemoryConnection? connection);
        id = connection?.Id ?? default;
        peer = connection?.Peer ?? 0;
        if (isThere)
        {
            _connections.Add(id, connection!);
        }

        return isThere;
    }

    public Transfer Receive(ConnectionId id, Span<byte> buffer) => _connections[id].Receive(buffer);

    public Transfer Send(ConnectionId id, ReadOnlySpan<byte> data) => _connections[id].Send(data);

    /// <summary>Connections whose requests had effects.</summary>
    public List<ConnectionId> Committed { get; } = [];

    public void Commit(ConnectionId id) => Committed.Add(id);

    public void EndSending(ConnectionId id) => _connections[id].EndServer();

    public void Close(ConnectionId id) => Finish(id, isAbort: false);

    public void Abort(ConnectionId id) => Finish(id, isAbort: true);

    private void Finish(ConnectionId id, bool isAbort)
    {
        _connections[id].Finish(isAbort);
        _connections.Remove(id);
    }
}
