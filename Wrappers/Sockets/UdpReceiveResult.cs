namespace NooksOS.Sockets;

/// <summary>A datagram that was received.</summary>
/// <param name="LengthBytes">Its length.</param>
/// <param name="RemoteEndPoint">Where it came from.</param>
public readonly record struct UdpReceiveResult(int LengthBytes, IPEndPoint RemoteEndPoint);
