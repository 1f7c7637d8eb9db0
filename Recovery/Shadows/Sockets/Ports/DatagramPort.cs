using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>A port that receives datagrams. The shadow guards it.</summary>
internal sealed class DatagramPort(Socket socket, ushort port, int queueBytes)
{
    public Socket Socket { get; } = socket;

    public ushort Port { get; } = port;

    /// <summary>What has arrived.</summary>
    public DatagramQueue Received { get; } = new(queueBytes);

    /// <summary>The only peer that it hears; zero for all.</summary>
    public uint PeerAddress { get; set; }

    /// <summary>The port of that peer.</summary>
    public ushort PeerPort { get; set; }

    public SocketEvents Readiness => SocketEvents.Writable | (Received.IsEmpty ? 0 : SocketEvents.Readable);

    /// <summary>Whether it wants a datagram from there.</summary>
    public bool Hears(in Datagram datagram)
        => PeerPort == 0 || (datagram.RemotePort == PeerPort && datagram.RemoteAddress == PeerAddress);
}
