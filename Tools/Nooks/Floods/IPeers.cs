using System.Collections.Generic;

namespace NooksOS.Tool.Floods;

/// <summary>Who was seen to hold a connection with the guest.</summary>
public interface IPeers
{
    /// <summary>The peers, and the port of the guest that each is connected to.</summary>
    IReadOnlyList<(TcpEndpoint Peer, ushort GuestPort)> Known { get; }
}
