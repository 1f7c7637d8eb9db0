namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Random numbers for identifiers and back-off, made here from one seed so that none of them costs a call to the kernel
/// (SplitMix64: Steele, Lea, Flood, 2014). Not for secrets.
/// </summary>
internal sealed class RandomSequence(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        ulong value = _state;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }

    /// <summary>A number from zero up to and without the limit.</summary>
    public long NextBelow(long limit) => (long)(Next() % (ulong)limit);
}
