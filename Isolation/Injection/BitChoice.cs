using System;

namespace NooksOS.Isolation.Injection;

/// <summary>The bits of an instruction that a fault may flip.</summary>
internal struct BitChoice
{
    private const int BitsPerByte = 8;
    private const int LongestInstructionBytes = 15;

    // Bit n of the value is bit n of the instruction: fifteen bytes fit.
    private UInt128 _bits;

    public readonly bool IsEmpty => _bits == UInt128.Zero;

    /// <summary>Adds whole bytes.</summary>
    public void AddBytes(int index, int count)
    {
        for (int place = index; place < index + count; place++)
        {
            AddBits(place, 0, BitsPerByte);
        }
    }

    /// <summary>Adds bits of a byte.</summary>
    public void AddBits(int index, int firstBit, int count)
    {
        if ((uint)index < LongestInstructionBytes)
        {
            _bits |= ((UInt128.One << count) - UInt128.One) << ((BitsPerByte * index) + firstBit);
        }
    }

    /// <summary>Flips one of the bits, each as likely as the others. False if there is none.</summary>
    public readonly bool TryFlip(SeededRandom random, Span<byte> bytes)
    {
        int count = (int)UInt128.PopCount(_bits);
        if (count == 0)
        {
            return false;
        }

        UInt128 rest = _bits;
        for (int skipped = random.Below(count); skipped > 0; skipped--)
        {
            rest &= rest - UInt128.One;
        }

        int bit = (int)UInt128.TrailingZeroCount(rest);
        bytes[bit / BitsPerByte] ^= (byte)(1 << (bit % BitsPerByte));
        return true;
    }
}
