using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Describes a socket to its owner. Under the shadow's lock.</summary>
internal static class SocketDescription
{
    public static SocketInformation Of(Socket socket)
    {
        if (socket.Listener is { } listener)
        {
            return new SocketInformation(SocketState.Listening, 0, listener.Port, 0, 0, listener.Waiting, 0);
        }

        if (socket.Datagrams is { } port)
        {
            return new SocketInformation(
                SocketState.Datagrams, 0, port.Port, port.PeerAddress, port.PeerPort, (uint)port.Received.LengthBytes, 0);
        }

        if (socket.Connection is { } connection)
        {
            SocketState state = connection.Breakage != CallStatus.Ok ? SocketState.Broken
                : connection.IsEstablished ? SocketState.Connected
                : SocketState.Connecting;
            return new SocketInformation(
                state,
                connection.LocalAddress,
                connection.LocalPort,
                connection.Name.RemoteAddress,
                connection.Name.RemotePort,
                (uint)connection.ReadableBytes,
                (uint)connection.UnacknowledgedBytes);
        }

        return new SocketInformation(SocketState.Open, 0, socket.BoundPort, 0, 0, 0, 0);
    }
}
