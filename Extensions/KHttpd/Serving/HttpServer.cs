using System;
using System.Collections.Generic;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>
/// The server: one loop over all connections, driven by one thread. Each turn asks the transport which connections can go on, lets
/// each do a bounded piece of work, and looks at deadlines and at the event that is due now and then.
/// </summary>
internal sealed class HttpServer
{
    private const int ReadyPerTurn = 64;

    private readonly IServerTransport _transport;
    private readonly Workspace _work;
    private readonly Dictionary<ConnectionId, HttpConnection> _connections = [];
    private readonly Queue<HttpConnection> _runnable = [];
    private readonly ConnectionId[] _ready = new ConnectionId[ReadyPerTurn];
    private long _nextSweep;
    private long _nextEvent;
    private bool _mayAccept = true;
    private bool _isFull;

    /// <param name="transport">The listening socket and its connections.</param>
    /// <param name="clock">The time; the server says when a turn begins.</param>
    /// <param name="site">Who answers.</param>
    /// <param name="limits">What clients may take.</param>
    public HttpServer(IServerTransport transport, TurnClock clock, ISite site, ServerLimits limits)
    {
        _transport = transport;
        _work = new Workspace(transport, site, clock, limits);
        _nextSweep = _work.Clock.MonotonicNanoseconds + limits.SweepNanoseconds;
        _nextEvent = _work.Clock.MonotonicNanoseconds + limits.EventNanoseconds;
    }

    /// <summary>What happened so far.</summary>
    public ServerStatistics Statistics => _work.Statistics;

    /// <summary>Connections that there are.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Bytes that connections keep between turns.</summary>
    public long KeptBytes => _work.Pool.LentBytes;

    /// <summary>One turn of the loop. Waits for something to do, but not longer than until the next deadline.</summary>
    public void RunTurn()
    {
        long wait = _runnable.Count != 0 || _mayAccept ? 0 : Math.Max(Math.Min(_nextSweep, _nextEvent) - _work.Clock.MonotonicNanoseconds, 0);
        int count = _transport.Wait(_ready, wait, out bool mayAccept);
        _mayAccept |= mayAccept;
        _work.Clock.Refresh();
        foreach (ConnectionId id in _ready.AsSpan(0, count))
        {
            if (_connections.TryGetValue(id, out HttpConnection? connection))
            {
                Enqueue(connection);
            }
        }

        if (_mayAccept)
        {
            Accept();
        }

        for (int turns = _runnable.Count; turns > 0; turns--)
        {
            Run(_runnable.Dequeue());
        }

        if (_work.Clock.MonotonicNanoseconds >= _nextSweep)
        {
            _nextSweep = _work.Clock.MonotonicNanoseconds + _work.Limits.SweepNanoseconds;
            Sweep();
            _mayAccept |= _isFull;
            _isFull = false;
        }

        if (_work.Clock.MonotonicNanoseconds >= _nextEvent)
        {
            _nextEvent = _work.Clock.MonotonicNanoseconds + _work.Limits.EventNanoseconds;
            Announce();
        }
    }

    private void Accept()
    {
        for (int count = 0; count < _work.Limits.AcceptsPerTurn; count++)
        {
            HttpConnection? displaced = null;
            if (_connections.Count >= _work.Limits.Connections && (displaced = FindLeastUseful()) is null)
            {
                // Who comes now waits in the kernel until somebody leaves or turns out to be slow.
                _isFull = true;
                _mayAccept = false;
                return;
            }

            if (!_transport.TryAccept(out ConnectionId id, out uint peer))
            {
                _mayAccept = false;
                return;
            }

            if (displaced is not null)
            {
                Displace(displaced);
            }

            _work.Statistics.Accepted++;
            HttpConnection connection = new(id, peer);
            connection.ExpectRequest(_work);
            _connections.Add(id, connection);
            Enqueue(connection);
        }
    }

    // The connection that has been asked for nothing for longest: a flood of connections that ask for nothing displaces itself, not
    // those that are being served. Where none has had the time to ask, the slowest of those that take long over little.
    private HttpConnection? FindLeastUseful()
    {
        long longAgo = _work.Clock.MonotonicNanoseconds - _work.Limits.AskingNanoseconds;
        HttpConnection? oldest = null;
        HttpConnection? slowest = null;
        foreach (HttpConnection connection in _connections.Values)
        {
            if (connection.Phase is Phase.Head or Phase.Draining)
            {
                oldest = oldest is null || connection.WaitingSince < oldest.WaitingSince ? connection : oldest;
            }
            else if (connection.IsTransfer && connection.PaceBytes < (slowest?.PaceBytes ?? _work.Limits.CrowdedBytes))
            {
                slowest = connection;
            }
        }

        return oldest is null || (slowest is not null && oldest.WaitingSince > longAgo) ? slowest : oldest;
    }

    private void Displace(HttpConnection connection)
    {
        _work.Statistics.Evicted++;
        connection.Close(_work, isOrderly: false);
        _connections.Remove(connection.Id);
    }

    // Requests that come whole and replies that are taken leave nothing to keep.
    private HttpConnection FindGreediest()
    {
        HttpConnection? greediest = null;
        foreach (HttpConnection connection in _connections.Values)
        {
            greediest = greediest is null || connection.KeptBytes > greediest.KeptBytes ? connection : greediest;
        }

        return greediest!;
    }

    // Who listens asks for nothing, so nobody knows of him whether he is of use. Of those who have most the one that came first has heard
    // most; a page that is still looked at comes again by itself.
    private HttpConnection FindSuperfluousListener()
    {
        Dictionary<uint, int> counts = [];
        foreach (HttpConnection connection in _connections.Values)
        {
            if (connection.Phase == Phase.Events)
            {
                counts[connection.Peer] = counts.GetValueOrDefault(connection.Peer) + 1;
            }
        }

        HttpConnection? found = null;
        foreach (HttpConnection connection in _connections.Values)
        {
            if (connection.Phase == Phase.Events)
            {
                int more = found is null ? 1 : counts[connection.Peer] - counts[found.Peer];
                found = more > 0 || (more == 0 && connection.ListenerNumber < found!.ListenerNumber) ? connection : found;
            }
        }

        return found!;
    }

    private void Enqueue(HttpConnection connection)
    {
        if (!connection.IsQueued)
        {
            connection.IsQueued = true;
            _runnable.Enqueue(connection);
        }
    }

    private void Run(HttpConnection connection)
    {
        connection.IsQueued = false;

        // It may have had to make room since it was queued.
        if (connection.Phase != Phase.Closed)
        {
            if (connection.Run(_work))
            {
                Enqueue(connection);
            }
            else
            {
                ForgetIfClosed(connection);
            }

            while (_work.Pool.LentBytes > _work.Limits.KeptBytes)
            {
                Displace(FindGreediest());
            }

            while (_work.Listeners > _work.Limits.Listeners)
            {
                Displace(FindSuperfluousListener());
            }
        }
    }

    private void Sweep()
    {
        foreach (HttpConnection connection in _connections.Values)
        {
            if (connection.CheckDeadline(_work))
            {
                Enqueue(connection);
            }
            else
            {
                ForgetIfClosed(connection);
            }
        }
    }

    private void Announce()
    {
        ServerEvent? news = null;
        foreach (HttpConnection connection in _connections.Values)
        {
            if (connection.Phase == Phase.Events
                && connection.TryOffer(news ??= new ServerEvent(_work.Site.MakeEvent())))
            {
                Enqueue(connection);
            }
        }
    }

    private void ForgetIfClosed(HttpConnection connection)
    {
        if (connection.Phase == Phase.Closed)
        {
            _connections.Remove(connection.Id);
            _mayAccept |= _isFull;
            _isFull = false;
        }
    }
}
