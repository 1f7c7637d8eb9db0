using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>One line of the <c>sockets</c> command.</summary>
/// <param name="Protocol">What it carries.</param>
/// <param name="Owner">Whose it is; empty for a connection that only finishes what it was told.</param>
/// <param name="State">How far it has come, in a word.</param>
/// <param name="LocalAddress">Its own address.</param>
/// <param name="LocalPort">Its own port.</param>
/// <param name="RemoteAddress">The peer's address.</param>
/// <param name="RemotePort">The peer's port.</param>
/// <param name="SendQueue">Bytes that the peer has not acknowledged.</param>
/// <param name="ReceiveQueue">Bytes, or connections, that nobody has taken.</param>
public sealed record SocketRow(
    SocketKind Protocol,
    string Owner,
    string State,
    uint LocalAddress,
    ushort LocalPort,
    uint RemoteAddress,
    ushort RemotePort,
    ulong SendQueue,
    ulong ReceiveQueue);
