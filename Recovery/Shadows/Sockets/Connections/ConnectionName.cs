namespace NooksOS.Recovery.Shadows;

/// <summary>What tells a connection from others, but for our address, which is the stack's business.</summary>
internal readonly record struct ConnectionName(ushort LocalPort, uint RemoteAddress, ushort RemotePort);
