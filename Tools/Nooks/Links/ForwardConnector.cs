using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Links;

/// <summary>
/// Connects to ports that QEMU leads into the guest. QEMU has room for one connection that it has not accepted yet; the host's TCP drops
/// what comes meanwhile, and says it again only after a second. Here it is said again sooner, so that what is measured is the guest.
/// </summary>
/// <param name="ports">Where connections come from.</param>
public sealed class ForwardConnector(SourcePorts ports)
{
    // The loopback answers at once or not at all.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private int _attempts;

    /// <summary>Connects from the ports that all clients share.</summary>
    public ForwardConnector()
        : this(SourcePorts.Shared)
    {
    }

    /// <summary>How often a connection was tried.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>What makes connections of an HTTP client in this way.</summary>
    public Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> Callback =>
        async (context, cancellation) => new NetworkStream(await ConnectAsync(context.DnsEndPoint, cancellation), ownsSocket: true);

    /// <summary>Connects, for as long as it takes.</summary>
    /// <exception cref="SocketException">The connection was refused.</exception>
    public async ValueTask<Socket> ConnectAsync(EndPoint address, CancellationToken cancellation)
    {
        while (true)
        {
            Interlocked.Increment(ref _attempts);
            Socket socket = Open();
            try
            {
                Task connecting = socket.ConnectAsync(address, cancellation).AsTask();
                await Task.WhenAny(connecting, Task.Delay(s_patience, cancellation));

                // On a busy host the connection may be there before its task is done: such a one must not be thrown away.
                if (connecting.IsCompleted || socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite))
                {
                    await connecting;
                    return socket;
                }

                socket.Dispose();
                await connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable)
            {
                // Somebody else is connected from this port to the same one.
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private Socket Open()
    {
        while (true)
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.IPv6Any, ports.Next()));
                return socket;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody listens there.
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
