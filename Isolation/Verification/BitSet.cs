namespace NooksOS.Isolation.Verification;

/// <summary>A set of offsets.</summary>
internal sealed class BitSet(uint length)
{
    private readonly ulong[] _words = new ulong[(length + 63) / 64];

    public bool this[uint offset] => (_words[offset / 64] & (1ul << (int)(offset % 64))) != 0;

    public void Add(uint offset) => _words[offset / 64] |= 1ul << (int)(offset % 64);

    /// <summary>Whether every offset of this set is in another one of the same length.</summary>
    public bool IsSubsetOf(BitSet other)
    {
        for (int index = 0; index < _words.Length; index++)
        {
            if ((_words[index] & ~other._words[index]) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
