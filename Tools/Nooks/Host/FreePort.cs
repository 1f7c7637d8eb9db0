using System.Net;
using System.Net.Sockets;

namespace NooksOS.Tool.Host;

/// <summary>
/// Ports of the loopback address that nobody uses. Another program may take one before it is used; the system rarely gives the same
/// one soon.
/// </summary>
public static class FreePort
{
    /// <summary>Finds a free TCP port.</summary>
    public static int Find() => Find(SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Finds a free UDP port.</summary>
    public static int FindForDatagrams() => Find(SocketType.Dgram, ProtocolType.Udp);

    private static int Find(SocketType type, ProtocolType protocol)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
