namespace NooksOS.Tool.Floods;

/// <summary>One end of a connection.</summary>
/// <param name="Address">The IPv4 address.</param>
/// <param name="Port">The port.</param>
public readonly record struct TcpEndpoint(uint Address, ushort Port);
