using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Sockets;

namespace NooksOS.Extensions.Iperf;

/// <summary>All tests over UDP in which the server sends. Few at a time: anybody can ask for one, in the name of anybody else.</summary>
/// <param name="report">Is told of each test that has ended.</param>
internal sealed class DatagramSources(Action<string> report)
{
    private const int MaximumSources = 4;
    private const int MaximumBurst = 64;

    private readonly Dictionary<IPEndPoint, DatagramSource> _sources = [];
    private readonly List<IPEndPoint> _ended = [];
    private readonly byte[] _datagram = new byte[DatagramTests.LongestDatagramBytes];

    /// <summary>Whether there is nothing to send, now or later: to ask for the time is a call to the kernel.</summary>
    public bool IsEmpty => _sources.Count == 0;

    /// <summary>Whether a test with the client is going on; what it has sent is then part of that.</summary>
    public bool TryNote(IPEndPoint client)
    {
        bool isKnown = _sources.TryGetValue(client, out DatagramSource? source);
        source?.NoteAnswer();
        return isKnown;
    }

    /// <summary>Begins a test, unless there are too many.</summary>
    public void Begin(IPEndPoint client, DatagramSource source)
    {
        if (_sources.Count < MaximumSources)
        {
            _sources.Add(client, source);
        }
    }

    /// <summary>Sends what is due. Returns how long until the next is, in nanoseconds; negative if there is none.</summary>
    public long Send(UdpClient socket, long nowNanoseconds)
    {
        long next = long.MaxValue;
        foreach ((IPEndPoint client, DatagramSource source) in _sources)
        {
            Send(socket, client, source, nowNanoseconds);
            if (source.IsOver)
            {
                _ended.Add(client);
                report($"udp: sent {source.Sent} datagrams of {source.LengthBytes} bytes");
            }
            else
            {
                next = Math.Min(next, source.Due);
            }
        }

        foreach (IPEndPoint client in _ended)
        {
            _sources.Remove(client);
        }

        _ended.Clear();
        return _sources.Count == 0 ? -1 : Math.Max(next - nowNanoseconds, 0);
    }

    private void Send(UdpClient socket, IPEndPoint client, DatagramSource source, long nowNanoseconds)
    {
        try
        {
            for (int count = 0; count < MaximumBurst && source.TryTake(nowNanoseconds, out TestDatagram header); count++)
            {
                header.Write(_datagram);
                socket.Send(_datagram.AsSpan(0, source.LengthBytes), client);
            }
        }
        catch (SocketException exception) when (exception.Status == CallStatus.WouldBlock)
        {
            // The one that found no room is lost, which is what the test is to show.
        }
    }
}
