namespace NooksOS.Contracts;

/// <summary>What a socket carries.</summary>
public enum SocketKind : uint
{
    /// <summary>A stream of bytes over TCP, or a listener for such.</summary>
    Stream = 1,

    /// <summary>Datagrams over UDP.</summary>
    Datagram = 2,
}
