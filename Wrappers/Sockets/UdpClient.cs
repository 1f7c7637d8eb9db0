using System;
using System.Threading.Tasks;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>Sends and receives datagrams.</summary>
public sealed class UdpClient : IDisposable
{
    private readonly Socket _socket;

    /// <summary>One whose calls wait; port zero takes any.</summary>
    public UdpClient(ISocketServices services, ushort port = 0)
        : this(new Socket(services, SocketKind.Datagram), port)
    {
    }

    /// <summary>One whose calls are awaited; port zero takes any.</summary>
    public UdpClient(SocketLoop loop, ushort port = 0)
        : this(new AsyncSocket(loop, SocketKind.Datagram), port)
    {
    }

    private UdpClient(Socket socket, ushort port)
    {
        _socket = socket;
        _socket.Bind(new IPEndPoint(IPAddress.Any, port));
    }

    /// <summary>The socket.</summary>
    public Socket Client => _socket;

    /// <summary>Sends one datagram.</summary>
    public void Send(ReadOnlySpan<byte> datagram, IPEndPoint remote) => _socket.SendTo(datagram, remote);

    /// <summary>Receives one datagram into the buffer, and returns its length.</summary>
    public int Receive(Span<byte> buffer, out IPEndPoint remote) => _socket.ReceiveFrom(buffer, out remote);

    /// <summary>Receives one datagram into the buffer.</summary>
    public ValueTask<UdpReceiveResult> ReceiveAsync(Memory<byte> buffer)
        => (_socket as AsyncSocket ?? throw new NotSupportedException("The client belongs to no loop: its calls wait."))
            .ReceiveFromAsync(buffer);

    /// <summary>Gives the port back.</summary>
    public void Close() => _socket.Dispose();

    /// <inheritdoc/>
    public void Dispose() => Close();
}
