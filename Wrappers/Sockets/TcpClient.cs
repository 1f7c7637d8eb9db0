using System;
using System.Threading.Tasks;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>A TCP connection.</summary>
public sealed class TcpClient : IDisposable
{
    /// <summary>One whose calls wait, not connected yet.</summary>
    public TcpClient(ISocketServices services)
        : this(new Socket(services, SocketKind.Stream))
    {
    }

    /// <summary>One whose calls are awaited, not connected yet.</summary>
    public TcpClient(SocketLoop loop)
        : this(new AsyncSocket(loop, SocketKind.Stream))
    {
    }

    internal TcpClient(Socket socket) => Client = socket;

    /// <summary>The socket.</summary>
    public Socket Client { get; }

    /// <summary>Whether small segments leave at once.</summary>
    public bool NoDelay
    {
        set => Client.SetOption(SocketOption.NoDelay, value);
    }

    /// <summary>Connects to a host, given by its name or address.</summary>
    public void Connect(string host, ushort port) => Connect(new IPEndPoint(Dns.GetHostAddress(Client.Services, host), port));

    /// <summary>Connects.</summary>
    public void Connect(IPEndPoint remote) => Client.Connect(remote);

    /// <summary>Connects.</summary>
    public ValueTask ConnectAsync(IPEndPoint remote)
        => (Client as AsyncSocket ?? throw new NotSupportedException("The client belongs to no loop: its calls wait."))
            .ConnectAsync(remote);

    /// <summary>Its bytes. The connection is closed with the stream.</summary>
    public NetworkStream GetStream() => new(Client, ownsSocket: true);

    /// <summary>Closes the connection; what was sent still goes to the peer.</summary>
    public void Close() => Client.Dispose();

    /// <inheritdoc/>
    public void Dispose() => Close();
}
