using System;
using System.Buffers.Binary;

namespace NooksOS.Isolation.Loading;

/// <summary>Walks the relocations of a parsed image. The parser has checked each of them.</summary>
public ref struct RelocationEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal RelocationEnumerator(ReadOnlySpan<byte> table)
    {
        _rest = table;
        Current = default;
    }

    /// <summary>The relocation that was read last.</summary>
    public ImageRelocation Current { get; private set; }

    /// <summary>This enumerator.</summary>
    public readonly RelocationEnumerator GetEnumerator() => this;

    /// <summary>Reads the next one.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < Elf.RelocationBytes)
        {
            return false;
        }

        Current = new ImageRelocation(
            (uint)BinaryPrimitives.ReadUInt64LittleEndian(_rest),
            (uint)BinaryPrimitives.ReadUInt64LittleEndian(_rest[16..]));
        _rest = _rest[Elf.RelocationBytes..];
        return true;
    }
}
