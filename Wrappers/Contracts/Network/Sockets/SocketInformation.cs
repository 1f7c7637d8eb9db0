namespace NooksOS.Contracts;

/// <summary>Describes a socket. Addresses are in host order; zero where there is none.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="LocalAddress">Its own address.</param>
/// <param name="LocalPort">Its own port.</param>
/// <param name="RemoteAddress">The peer's address.</param>
/// <param name="RemotePort">The peer's port.</param>
/// <param name="ReadableBytes">Bytes that can be read, or connections that can be accepted.</param>
/// <param name="UnacknowledgedBytes">Bytes sent that the peer has not acknowledged.</param>
public readonly record struct SocketInformation(
    SocketState State,
    uint LocalAddress,
    ushort LocalPort,
    uint RemoteAddress,
    ushort RemotePort,
    uint ReadableBytes,
    uint UnacknowledgedBytes);
