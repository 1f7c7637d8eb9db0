using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using NooksOS.Sockets;

namespace NooksOS.Extensions.Iperf;

/// <summary>Serves tests over UDP: counts what comes from each client and reports at the end.</summary>
/// <param name="loop">Waits for the socket.</param>
/// <param name="readNanoseconds">Reads the time.</param>
/// <param name="report">Is told of each test that has ended.</param>
internal sealed class DatagramTests(SocketLoop loop, Func<long> readNanoseconds, Action<string> report)
{
    private const int MaximumClients = 64;
    private const int LongestDatagramBytes = 2048;

    private readonly Dictionary<IPEndPoint, DatagramTally> _clients = [];
    private readonly Queue<IPEndPoint> _oldest = [];
    private readonly byte[] _datagram = new byte[LongestDatagramBytes];
    private readonly byte[] _report = new byte[DatagramReport.SizeBytes];

    /// <summary>Serves all clients. Does not return.</summary>
    public async Task ServeAsync(ushort port)
    {
        using UdpClient socket = new(loop, port);
        while (true)
        {
            UdpReceiveResult received = await socket.ReceiveAsync(_datagram);
            if (TestDatagram.TryRead(_datagram.AsSpan(0, received.LengthBytes), out TestDatagram header))
            {
                Take(socket, received, header);
            }
        }
    }

    private void Take(UdpClient socket, UdpReceiveResult received, in TestDatagram header)
    {
        DatagramTally tally = Find(received.RemoteEndPoint, isFirst: header.Number == 1);
        bool wasOver = tally.IsOver;
        tally.Add(header, received.LengthBytes, readNanoseconds());
        if (!tally.IsOver)
        {
            return;
        }

        DatagramReport.Write(_report, header, tally);
        socket.Send(_report, received.RemoteEndPoint);
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
