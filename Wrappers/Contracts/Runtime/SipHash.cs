using System.Numerics;

namespace NooksOS.Contracts;

/// <summary>
/// SipHash-2-4 (Aumasson, Bernstein, 2012) of three words: a function that nobody can foresee without the key, and cheap enough for each
/// packet.
/// </summary>
/// <param name="Key0">Half of the key.</param>
/// <param name="Key1">The other half.</param>
public readonly record struct SipHash(ulong Key0, ulong Key1)
{
    // The last block of a message holds its length in the highest octet; the message has no octets beyond the three words.
    private const ulong LastBlock = 24ul << 56;

    /// <summary>The hash of three words.</summary>
    public ulong Hash(ulong first, ulong second, ulong third)
    {
        State state = new(
            Key0 ^ 0x736F_6D65_7073_6575,
            Key1 ^ 0x646F_7261_6E64_6F6D,
            Key0 ^ 0x6C79_6765_6E65_7261,
            Key1 ^ 0x7465_6462_7974_6573);
        state.Absorb(first);
        state.Absorb(second);
        state.Absorb(third);
        state.Absorb(LastBlock);
        return state.Finish();
    }

    private struct State(ulong v0, ulong v1, ulong v2, ulong v3)
    {
        public void Absorb(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        public ulong Finish()
        {
            v2 ^= 0xFF;
            Round();
            Round();
            Round();
            Round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Round()
        {
            v0 += v1;
            v2 += v3;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
