namespace NooksOS.Recovery.Shadows;

/// <summary>What the socket shadow has seen since boot.</summary>
/// <param name="Connections">Connections that there are now.</param>
/// <param name="Opened">Connections that there ever were.</param>
/// <param name="Adopted">Connections that an instance of the stack took over from another one, counted each time.</param>
/// <param name="Violations">Connections aborted because the stack's half of their block was impossible.</param>
/// <param name="Kicks">Calls that told the stack of changes.</param>
/// <param name="Signals">Calls in which the stack told of changes.</param>
/// <param name="DatagramsDropped">Datagrams for which there was no room.</param>
public readonly record struct SocketStatistics(
    uint Connections, ulong Opened, ulong Adopted, ulong Violations, ulong Kicks, ulong Signals, ulong DatagramsDropped);
