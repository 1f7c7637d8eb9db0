using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Random numbers for identifiers, secrets and back-off, made here from one seed so that none of them costs a call to the kernel. Many of
/// them are sent, so nothing must follow from one about the others: each is the hash of its number, keyed with the seed.
/// </summary>
internal sealed class RandomSequence(ulong seed)
{
    private readonly SipHash _hash = new(seed, ~seed);
    private ulong _count;

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => _hash.Hash(_count++, 0, 0);

    /// <summary>A number from zero up to and without the limit.</summary>
    public long NextBelow(long limit) => (long)(Next() % (ulong)limit);
}
