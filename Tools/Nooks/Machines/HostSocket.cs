using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Machines;

/// <summary>A socket that QEMU connects to when it starts, so that no byte of the guest can come too early to be seen.</summary>
public sealed class HostSocket : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Listens at a path.</summary>
    public HostSocket(string path)
    {
        Path = path;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(1);
    }

    /// <summary>Where it listens.</summary>
    public string Path { get; }

    /// <summary>Waits for QEMU.</summary>
    public async Task<Socket> AcceptAsync(CancellationToken cancellation) => await _listener.AcceptAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
