using System;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Sockets;

namespace NooksOS.Image.Probing;

/// <summary>Sends bytes over a connection to the kernel's own echo service, so that only the stack is in between.</summary>
internal sealed class StreamProbe(string extension, byte[] content) : IProbe
{
    private const ushort EchoPort = 7;

    private readonly byte[] _received = new byte[content.Length];

    /// <inheritdoc/>
    public string Extension => extension;

    /// <inheritdoc/>
    public bool IsOfStack => true;

    /// <inheritdoc/>
    public async Task<string?> AskAsync(SocketLoop loop, IPAddress address, ushort port)
    {
        AsyncSocket socket = new(loop, SocketKind.Stream);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            await socket.ConnectAsync(new IPEndPoint(address, EchoPort));
            await socket.SendAsync(content);
            for (int length = 0; length < _received.Length;)
            {
                int part = await socket.ReceiveAsync(_received.AsMemory(length));
                if (part == 0)
                {
                    return "a connection ends before all of it has come back";
                }

                length += part;
            }

            return _received.AsSpan().SequenceEqual(content) ? null : "what was sent comes back changed";
        }
        finally
        {
            // Not closed: there is nothing left to say, and the port is wanted again.
            socket.Abort();
        }
    }
}
