using System;
using System.Buffers.Binary;

namespace NooksOS.Isolation.Loading;

/// <summary>Walks the relocations of a parsed image. The parser has checked each of them.</summary>
public ref struct RelocationEnumerator
{
    private ReadOnlySpan<byte> _rest;
    private uint _nextPlace;

    internal RelocationEnumerator(ReadOnlySpan<byte> table)
    {
        _rest = table;
    }

    /// <summary>The relocations that were read last.</summary>
    public RelocationGroup Current { get; private set; }

    /// <summary>This enumerator.</summary>
    public readonly RelocationEnumerator GetEnumerator() => this;

    /// <summary>Reads the next ones.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < Elf.CompactRelocationBytes)
        {
            return false;
        }

        ulong entry = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[Elf.CompactRelocationBytes..];
        if ((entry & Elf.CompactRelocationBitmap) == 0)
        {
            Current = new RelocationGroup((uint)entry, 1);
            _nextPlace = (uint)entry + sizeof(ulong);
        }
        else
        {
            Current = new RelocationGroup(_nextPlace, entry >> 1);
            _nextPlace += Elf.CompactRelocationWords * sizeof(ulong);
        }

        return true;
    }
}
