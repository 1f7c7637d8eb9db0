using System.Threading.Tasks;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>Waits for TCP connections.</summary>
public sealed class TcpListener : System.IDisposable
{
    private const int DefaultBacklog = 128;

    private readonly Socket _socket;
    private readonly AsyncSocket? _asynchronous;
    private readonly IPEndPoint _local;

    /// <summary>A listener whose calls wait.</summary>
    public TcpListener(ISocketServices services, IPEndPoint local)
    {
        _socket = new Socket(services, SocketKind.Stream);
        _local = local;
    }

    /// <summary>A listener whose calls are awaited.</summary>
    public TcpListener(SocketLoop loop, IPEndPoint local)
    {
        _asynchronous = new AsyncSocket(loop, SocketKind.Stream);
        _socket = _asynchronous;
        _local = local;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndpoint => _socket.LocalEndPoint;

    /// <summary>The socket.</summary>
    public Socket Server => _socket;

    /// <summary>Begins to listen.</summary>
    public void Start(int backlog = DefaultBacklog)
    {
        _socket.Bind(_local);
        _socket.Listen(backlog);
    }

    /// <summary>Takes the connection that waits longest.</summary>
    public TcpClient AcceptTcpClient() => new(_socket.Accept());

    /// <summary>Takes the connection that waits longest.</summary>
    public async ValueTask<TcpClient> AcceptTcpClientAsync()
    {
        AsyncSocket listener = _asynchronous ?? throw new System.NotSupportedException("The listener belongs to no loop: its calls wait.");
        return new TcpClient(await listener.AcceptAsync());
    }

    /// <summary>No longer listens; connections that wait are reset.</summary>
    public void Stop() => _socket.Dispose();

    /// <inheritdoc/>
    public void Dispose() => Stop();
}
