namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>One block of a SACK option (RFC 2018 §3): octets that arrived beyond a gap.</summary>
/// <param name="Left">Sequence number of its first octet.</param>
/// <param name="Right">Sequence number behind its last octet.</param>
internal readonly record struct SackBlock(uint Left, uint Right);
