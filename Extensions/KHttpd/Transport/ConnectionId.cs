namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>Names a connection. Never used for two.</summary>
/// <param name="Value">Whatever the transport likes.</param>
internal readonly record struct ConnectionId(ulong Value);
