namespace NooksOS.Contracts;

/// <summary>A connection that was accepted.</summary>
/// <param name="Socket">The connection.</param>
/// <param name="RemoteAddress">The peer's address, in host order.</param>
/// <param name="RemotePort">The peer's port.</param>
public readonly record struct AcceptedSocket(Handle<TrackedObjects.Socket> Socket, uint RemoteAddress, ushort RemotePort);
