using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>
/// A socket whose calls wait. Its memory and its connection belong to the kernel, so that it goes on when the network stack or
/// the driver below it is replaced.
/// </summary>
public class Socket : IDisposable
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private bool _isClosed;

    /// <summary>Makes a socket.</summary>
    /// <param name="services">The sockets of the caller.</param>
    /// <param name="kind">What it carries.</param>
    /// <exception cref="SocketException">There is no room for another one.</exception>
    public Socket(ISocketServices services, SocketKind kind)
    {
        ArgumentNullException.ThrowIfNull(services);
        CallResult<Handle<TrackedObjects.Socket>> created = services.Create(kind);
        SocketException.ThrowIfFailed(created.Status);
        Services = services;
        Identity = created.Value;
    }

    internal Socket(ISocketServices services, Handle<TrackedObjects.Socket> handle)
    {
        Services = services;
        Identity = handle;
    }

    /// <summary>How long a call may wait to receive or to accept, in milliseconds; <see cref="Timeout.Infinite"/> for ever.</summary>
    public int ReceiveTimeout { get; set; } = Timeout.Infinite;

    /// <summary>How long a call may wait to send or to connect, in milliseconds; <see cref="Timeout.Infinite"/> for ever.</summary>
    public int SendTimeout { get; set; } = Timeout.Infinite;

    /// <summary>Its own end.</summary>
    public IPEndPoint LocalEndPoint
    {
        get
        {
            SocketInformation information = Describe();
            return new IPEndPoint(new IPAddress(information.LocalAddress), information.LocalPort);
        }
    }

    /// <summary>The peer's end.</summary>
    public IPEndPoint RemoteEndPoint
    {
        get
        {
            SocketInformation information = Describe();
            return new IPEndPoint(new IPAddress(information.RemoteAddress), information.RemotePort);
        }
    }

    /// <summary>How much can be read without waiting.</summary>
    public int Available => (int)Describe().ReadableBytes;

    internal ISocketServices Services { get; }

    /// <summary>Names it, even once it is closed.</summary>
    internal Handle<TrackedObjects.Socket> Identity { get; }

    /// <summary>
    /// Names it for a call. Never once it is closed: the kernel takes a stale handle for a fault of the whole program.
    /// </summary>
    internal Handle<TrackedObjects.Socket> Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return Identity;
        }
    }

    /// <summary>Gives it a port of its own; port zero takes any.</summary>
    public void Bind(IPEndPoint local)
        => SocketException.ThrowIfFailed(Services.Bind(Handle, local.Address.Value, local.Port).Status);

    /// <summary>Waits for connections, of which so many may queue.</summary>
    public void Listen(int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(backlog);
        SocketException.ThrowIfFailed(Services.Listen(Handle, (uint)backlog).Status);
    }

    /// <summary>Takes the connection that waits longest.</summary>
    public Socket Accept()
    {
        CallResult<AcceptedSocket> accepted = Services.Accept(Handle, Nanoseconds(ReceiveTimeout));
        SocketException.ThrowIfFailed(accepted.Status);
        return new Socket(Services, accepted.Value.Socket);
    }

    /// <summary>Connects it. For datagrams it fixes the peer.</summary>
    public void Connect(IPEndPoint remote)
        => SocketException.ThrowIfFailed(
            Services.Connect(Handle, remote.Address.Value, remote.Port, Nanoseconds(SendTimeout)).Status);

    /// <summary>Sends all of it.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, SocketLimits.TransferBytes)];
            CallResult<uint> sent = Services.Send(Handle, part, Nanoseconds(SendTimeout));
            SocketException.ThrowIfFailed(sent.Status);
            bytes = bytes[(int)sent.Value..];
        }
    }

    /// <summary>Receives what there is, and returns how much; zero at the end of the stream.</summary>
    public int Receive(Span<byte> bytes)
    {
        CallResult<uint> received = Services.Receive(
            Handle, bytes[..Math.Min(bytes.Length, SocketLimits.TransferBytes)], Nanoseconds(ReceiveTimeout));
        SocketException.ThrowIfFailed(received.Status);
        return (int)received.Value;
    }

    /// <summary>Sends one datagram.</summary>
    public void SendTo(ReadOnlySpan<byte> datagram, IPEndPoint remote)
        => SocketException.ThrowIfFailed(
            Services.SendTo(Handle, remote.Address.Value, remote.Port, datagram, Nanoseconds(SendTimeout)).Status);

    /// <summary>Receives one datagram, and returns its length.</summary>
    public int ReceiveFrom(Span<byte> datagram, out IPEndPoint remote)
    {
        Span<byte> buffer = datagram[..Math.Min(datagram.Length, DatagramBatch.MaximumDatagramBytes)];
        CallResult<ReceivedDatagram> received = Services.ReceiveFrom(Handle, buffer, Nanoseconds(ReceiveTimeout));
        SocketException.ThrowIfFailed(received.Status);
        remote = new IPEndPoint(new IPAddress(received.Value.RemoteAddress), received.Value.RemotePort);
        return (int)received.Value.LengthBytes;
    }

    /// <summary>Ends one or both halves of the connection.</summary>
    public void Shutdown(ShutdownDirection direction) => SocketException.ThrowIfFailed(Services.Shutdown(Handle, direction).Status);

    /// <summary>Sets an option.</summary>
    public void SetOption(SocketOption option, bool isOn)
        => SocketException.ThrowIfFailed(Services.SetOption(Handle, option, isOn ? 1u : 0u).Status);

    /// <summary>Gives it back. What was sent still goes to the peer.</summary>
    public void Close() => Dispose();

    /// <summary>Gives it back at once: the peer sees a reset.</summary>
    public void Abort()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            Leave();
            Services.Abort(Identity);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the socket back, once.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!_isClosed)
        {
            _isClosed = true;
            Leave();
            Services.Close(Identity);
        }
    }

    /// <summary>The socket is about to be given back.</summary>
    private protected virtual void Leave()
    {
    }

    private static long Nanoseconds(int milliseconds) => milliseconds < 0 ? -1 : milliseconds * NanosecondsPerMillisecond;

    private SocketInformation Describe()
    {
        CallResult<SocketInformation> described = Services.GetInformation(Handle);
        SocketException.ThrowIfFailed(described.Status);
        return described.Value;
    }
}
