using System;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>Reads variable-length numbers. Past the end, or past 32 bits, it reads zeros and says so.</summary>
internal ref struct VariableLengthReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether a number could not be read.</summary>
    public bool Failed { get; private set; }

    public uint Read()
    {
        const int HighestShift = 28;
        uint value = 0;
        int index = 0;
        for (int shift = 0; shift <= HighestShift && index < _rest.Length; shift += 7)
        {
            byte next = _rest[index++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                _rest = _rest[index..];
                return value;
            }
        }

        Failed = true;
        _rest = default;
        return 0;
    }

    public int ReadSigned()
    {
        uint value = Read();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }
}
