using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace NooksOS.Tools.Symbols;

/// <summary>Texts that are stored once each. Number 0 is the empty text.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public NameTable() => Number(string.Empty);

    public uint Number(string name)
    {
        if (!_numbers.TryGetValue(name, out uint number))
        {
            number = (uint)_names.Count;
            _numbers.Add(name, number);
            _names.Add(name);
        }

        return number;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write((uint)_names.Count);
        uint offset = 0;
        foreach (string name in _names)
        {
            writer.Write(offset);
            offset += (uint)Encoding.UTF8.GetByteCount(name);
        }

        writer.Write(offset);
        foreach (string name in _names)
        {
            writer.Write(Encoding.UTF8.GetBytes(name));
        }
    }
}
