namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>An IPv4 address in host order: 10.0.2.15 is 0x0A00020F.</summary>
internal readonly record struct Ipv4Address(uint Value)
{
    /// <summary>How many octets an address has.</summary>
    public const int Length = 4;

    /// <summary>"This host": no address yet (RFC 1122 §3.2.1.3 a).</summary>
    public static Ipv4Address None => default;

    /// <summary>All hosts of this link (RFC 1122 §3.2.1.3 c).</summary>
    public static Ipv4Address LimitedBroadcast => new(uint.MaxValue);

    /// <summary>Whether this is no address.</summary>
    public bool IsNone => Value == 0;

    /// <summary>
    /// Whether the address can be that of one other host: not of network 0, 127 (loopback), not multicast, reserved or broadcast
    /// (RFC 1122 §3.2.1.3).
    /// </summary>
    public bool IsHost => Value >> 24 is not (0 or 127) && Value >> 24 < 224;

    /// <summary>The mask of the address's class, for a network whose mask nobody told (RFC 950).</summary>
    public uint ClassMask => (Value >> 29) switch
    {
        < 4 => 0xFF00_0000,
        < 6 => 0xFFFF_0000,
        _ => 0xFFFF_FF00,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Value >> 24}.{(byte)(Value >> 16)}.{(byte)(Value >> 8)}.{(byte)Value}";
}
