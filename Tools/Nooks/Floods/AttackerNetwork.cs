using System;
using NooksOS.Tool.Links;

namespace NooksOS.Tool.Floods;

/// <summary>Where hostile frames claim to come from: 198.18.0.0/15, which is set aside for tests of network devices (RFC 2544).</summary>
public static class AttackerNetwork
{
    private const uint Network = 0xC612_0000;
    private const uint Mask = 0xFFFE_0000;
    private const int FirstPort = 1024;

    /// <summary>True where an address belongs to it.</summary>
    public static bool Contains(uint address) => (address & Mask) == Network;

    /// <summary>Some end in it.</summary>
    public static TcpEndpoint Draw(Random random) =>
        new(Network | ((uint)random.Next() & ~Mask), (ushort)random.Next(FirstPort, ushort.MaxValue + 1));

    /// <summary>A port of the guest.</summary>
    public static TcpEndpoint Guest(ushort port) => new(UserNetwork.GuestAddress, port);
}
