namespace NooksOS.Contracts;

/// <summary>Where a datagram came from.</summary>
/// <param name="LengthBytes">Its length; what did not fit the buffer is lost.</param>
/// <param name="RemoteAddress">The sender's address, in host order.</param>
/// <param name="RemotePort">The sender's port.</param>
public readonly record struct ReceivedDatagram(uint LengthBytes, uint RemoteAddress, ushort RemotePort);
