using NooksOS.Contracts;

namespace NooksOS.Isolation;

/// <summary>
/// Makes random bits of whatever is stirred in. It is as good as the best of that, however bad the rest is; and from what was given out
/// nothing follows about what will be, nor from what is kept about what was given out.
/// </summary>
public sealed class EntropyPool
{
    private SipHash _key;
    private ulong _count;

    private enum Purpose : ulong
    {
        FirstHalf,
        SecondHalf,
        Output,
    }

    /// <summary>Stirs something in that strangers may not know.</summary>
    public void Stir(ulong sample)
    {
        _count++;
        _key = new SipHash(Hash(sample, Purpose.FirstHalf), Hash(sample, Purpose.SecondHalf));
    }

    /// <summary>Gives out 64 bits.</summary>
    public ulong Take()
    {
        ulong bits = Hash(0, Purpose.Output);
        Stir(0);
        return bits;
    }

    private ulong Hash(ulong sample, Purpose purpose) => _key.Hash(sample, (ulong)purpose, _count);
}
