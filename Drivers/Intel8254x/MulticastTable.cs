using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// The multicast hash table, manual section 13.5.1: a frame passes if the bit of its address is set. The hash is bits 47:36 of
/// the address, the choice that RCTL's multicast offset of zero stands for.
/// </summary>
internal sealed class MulticastTable
{
    public const int WordCount = 128;

    private readonly uint[] _words = new uint[WordCount];

    /// <summary>What the table registers must hold.</summary>
    public ReadOnlySpan<uint> Words => _words;

    /// <summary>Replaces the list. False if the table is the same as before.</summary>
    public bool TryChange(ReadOnlySpan<MacAddress> addresses)
    {
        Span<uint> words = stackalloc uint[WordCount];
        foreach (MacAddress address in addresses)
        {
            uint hash = (uint)(address.Bits >> 36) & 0xFFF;
            words[(int)(hash >> 5)] |= 1u << (int)(hash & 31);
        }

        bool isChanged = !words.SequenceEqual(_words);
        words.CopyTo(_words);
        return isChanged;
    }
}
