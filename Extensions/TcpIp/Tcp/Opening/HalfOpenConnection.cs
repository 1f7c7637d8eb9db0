namespace NooksOS.Extensions.TcpIp;

/// <summary>A connection whose SYN we have answered: SYN-RECEIVED of a passive open.</summary>
/// <param name="Flow">Between whom it is.</param>
/// <param name="PeerSequence">IRS.</param>
/// <param name="Sequence">ISS, which is a cookie as well.</param>
/// <param name="Options">What the SYNs agreed on.</param>
/// <param name="PeerTimestamp">The peer's clock in its SYN.</param>
internal readonly record struct HalfOpenConnection(
    TcpFlow Flow, uint PeerSequence, uint Sequence, HandshakeOptions Options, uint PeerTimestamp);
