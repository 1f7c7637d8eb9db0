using System.Net;
using System.Net.Sockets;

namespace NooksOS.Tool.Host;

/// <summary>Ports of the loopback address that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>Finds a free TCP port. Another program may take it before it is used; the system rarely gives the same one soon.</summary>
    public static int Find()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
