using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Makes the table of all sockets. Under the shadow's lock.</summary>
internal static class SocketRows
{
    public static List<SocketRow> Make(StreamPorts streams, ConnectionTable connections, DatagramPorts datagrams)
    {
        List<SocketRow> rows = [];
        foreach (Listener listener in streams.Listeners)
        {
            string state = listener.Socket is null ? "listening, orphaned" : "listening";
            rows.Add(new SocketRow(
                SocketKind.Stream, listener.Socket?.Owner.Name ?? string.Empty, state, 0, listener.Port, 0, 0, 0, listener.Waiting));
        }

        foreach (Connection? connection in connections.All)
        {
            if (connection is not null)
            {
                rows.Add(Make(connection));
            }
        }

        foreach (DatagramPort port in datagrams.All)
        {
            rows.Add(new SocketRow(
                SocketKind.Datagram,
                port.Socket.Owner.Name,
                "open",
                0,
                port.Port,
                port.PeerAddress,
                port.PeerPort,
                0,
                (ulong)port.Received.LengthBytes));
        }

        return rows;
    }

    private static SocketRow Make(Connection connection) => new(
        SocketKind.Stream,
        connection.Socket?.Owner.Name ?? string.Empty,
        StateOf(connection),
        connection.LocalAddress,
        connection.LocalPort,
        connection.Name.RemoteAddress,
        connection.Name.RemotePort,
        connection.UnacknowledgedBytes,
        (ulong)connection.ReadableBytes);

    private static string StateOf(Connection connection)
    {
        if (connection.Breakage != CallStatus.Ok && !connection.IsOver)
        {
            return "broken";
        }

        return connection.State switch
        {
            ConnectionState.None => (connection.Requests & ConnectionRequests.Connect) != 0 ? "to be connected" : "accepted",
            ConnectionState.SynSent => "syn sent",
            ConnectionState.SynReceived => "syn received",
            ConnectionState.Established => "established",
            ConnectionState.FinWait1 => "fin wait 1",
            ConnectionState.FinWait2 => "fin wait 2",
            ConnectionState.CloseWait => "close wait",
            ConnectionState.Closing => "closing",
            ConnectionState.LastAck => "last ack",
            _ => "closed",
        };
    }
}
