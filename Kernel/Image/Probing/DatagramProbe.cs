using System;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Sockets;

namespace NooksOS.Image.Probing;

/// <summary>Sends a datagram to the stack's own echo port.</summary>
internal sealed class DatagramProbe(string extension, byte[] content) : IProbe
{
    private const ushort EchoPort = 7;

    private readonly byte[] _received = new byte[content.Length + 1];

    /// <inheritdoc/>
    public string Extension => extension;

    /// <inheritdoc/>
    public bool IsOfStack => true;

    /// <inheritdoc/>
    public async Task<string?> AskAsync(SocketLoop loop, IPAddress address, ushort port)
    {
        using AsyncSocket socket = new(loop, SocketKind.Datagram);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        socket.SendTo(content, new IPEndPoint(address, EchoPort));
        UdpReceiveResult answer = await socket.ReceiveFromAsync(_received);
        return _received.AsSpan(0, answer.LengthBytes).SequenceEqual(content) ? null : "a datagram comes back changed";
    }
}
