using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using NooksOS.Sockets;

namespace NooksOS.Extensions.Iperf;

/// <summary>Serves tests over UDP: counts what comes from each client and reports at the end, or sends if the client asks for that.</summary>
/// <param name="loop">Waits for the socket.</param>
/// <param name="port">Where clients come.</param>
/// <param name="readNanoseconds">Reads the time.</param>
/// <param name="report">Is told of each test that has ended.</param>
internal sealed class DatagramTests(SocketLoop loop, ushort port, Func<long> readNanoseconds, Action<string> report)
{
    /// <summary>The longest datagram of a test; what is behind that of a longer one is not looked at.</summary>
    public const int LongestDatagramBytes = 2048;

    /// <summary>The longest datagram to send: one that is not taken apart on its way.</summary>
    private const int LongestSentBytes = 1470;

    private const int MaximumClients = 64;

    private readonly Dictionary<IPEndPoint, DatagramTally> _clients = [];
    private readonly Queue<IPEndPoint> _oldest = [];
    private readonly byte[] _datagram = new byte[LongestDatagramBytes];
    private readonly byte[] _report = new byte[DatagramReport.SizeBytes];
    private readonly DatagramSources _sources = new(report);
    private readonly UdpClient _socket = new(loop, port);

    /// <summary>Serves all clients. Does not return.</summary>
    public async Task ServeAsync()
    {
        while (true)
        {
            UdpReceiveResult received = await _socket.ReceiveAsync(_datagram);
            if (!TestDatagram.TryRead(_datagram.AsSpan(0, received.LengthBytes), out TestDatagram header)
                || _sources.TryNote(received.RemoteEndPoint))
            {
                continue;
            }

            TestRequest request = TestRequest.Read(_datagram.AsSpan(TestDatagram.SizeBytes, received.LengthBytes - TestDatagram.SizeBytes));
            if (request.IsReverse && header.Number > 0)
            {
                _sources.Begin(
                    received.RemoteEndPoint,
                    new DatagramSource(request, Math.Min(received.LengthBytes, LongestSentBytes), readNanoseconds()));
            }
            else
            {
                Take(received, header);
            }
        }
    }

    /// <summary>Sends what is due. Returns how long until something is, in nanoseconds; negative for never.</summary>
    public long SendDue() => _sources.IsEmpty ? -1 : _sources.Send(_socket, readNanoseconds());

    private void Take(UdpReceiveResult received, in TestDatagram header)
    {
        DatagramTally tally = Find(received.RemoteEndPoint, isFirst: header.Number == 1);
        bool wasOver = tally.IsOver;
        tally.Add(header, received.LengthBytes, readNanoseconds());
        if (!tally.IsOver)
        {
            return;
        }

        DatagramReport.Write(_report, header, tally);
        _socket.Send(_report, received.RemoteEndPoint);
        if (!wasOver)
        {
            report($"udp: received {tally.Datagrams} datagrams, {tally.Lost} lost, {tally.OutOfOrder} out of order");
        }
    }

    // A client that comes again begins anew; the oldest ones make room.
    private DatagramTally Find(IPEndPoint client, bool isFirst)
    {
        if (_clients.TryGetValue(client, out DatagramTally? tally) && !(isFirst && tally.IsOver))
        {
            return tally;
        }

        if (tally is null)
        {
            if (_oldest.Count == MaximumClients)
            {
                _clients.Remove(_oldest.Dequeue());
            }

            _oldest.Enqueue(client);
        }

        return _clients[client] = new DatagramTally();
    }
}
