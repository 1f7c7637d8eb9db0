using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace NooksOS.Tools.Symbols;

/// <summary>
/// Reads sections and symbols of a file that our own linker wrote. What is wrong with it is an <see cref="InvalidDataException"/> that
/// names the file.
/// </summary>
internal sealed class ElfFile
{
    private const int FileHeaderBytes = 64;
    private const int SectionHeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const int SymbolBytes = 24;
    private const uint SymbolTableType = 2;
    private const uint LoadSegment = 1;
    private const uint ExecuteFlag = 1;
    private const uint WriteFlag = 2;
    private const ushort FixedAddress = 2;

    private readonly byte[] _file;
    private readonly string _path;
    private readonly List<ElfSection> _sections = [];

    public ElfFile(byte[] file, string path)
    {
        const uint ElfMagic = 0x464C457F;
        _file = file;
        _path = path;
        if (file.Length < FileHeaderBytes || ReadUInt32(0) != ElfMagic || file[4] != 2)
        {
            throw new InvalidDataException($"{path} is not a 64-bit ELF file");
        }

        ReadSections();
        ReadSegments();
    }

    /// <summary>The address of what has offset 0: that of the code if it is linked to a fixed address.</summary>
    public ulong LinkBase { get; private set; }

    /// <summary>Where the segment of constants lies in the file.</summary>
    public int? ReadOnlySegmentOffset { get; private set; }

    /// <summary>The bytes of a section; empty if there is no section of that name.</summary>
    public ReadOnlySpan<byte> Contents(string name)
    {
        ElfSection? section = _sections.Find(one => one.Name == name);
        return section is null ? default : Contents(section);
    }

    /// <summary>The section of code that holds an address.</summary>
    public ElfSection? CodeSectionAt(ulong address)
        => _sections.Find(section => section.IsCode && address >= section.Address && address < section.End);

    /// <summary>Every symbol that names code.</summary>
    public IEnumerable<ElfSymbol> CodeSymbols()
    {
        ElfSection? table = _sections.Find(section => section.Type == SymbolTableType);
        if (table is null)
        {
            throw new InvalidDataException($"{_path} holds no symbols; it must not be stripped");
        }

        byte[] names = Contents(_sections.ElementAtOrDefault((int)table.Link) ?? table).ToArray();
        byte[] symbols = Contents(table).ToArray();
        for (int offset = 0; offset <= symbols.Length - SymbolBytes; offset += SymbolBytes)
        {
            const int FunctionType = 2;
            ReadOnlySpan<byte> entry = symbols.AsSpan(offset);
            int type = entry[4] & 0xF;
            int section = BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]);
            string name = Text(names, BinaryPrimitives.ReadUInt32LittleEndian(entry));
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
            ulong lengthBytes = BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]);
            if (type is 0 or FunctionType && name.Length != 0 && section < _sections.Count && _sections[section].IsCode)
            {
                yield return new ElfSymbol(name, address, lengthBytes, type == FunctionType);
            }
        }
    }

    private static string Text(ReadOnlySpan<byte> table, uint offset)
    {
        if (offset >= (uint)table.Length)
        {
            return string.Empty;
        }

        ReadOnlySpan<byte> rest = table[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    private void ReadSections()
    {
        ulong table = ReadUInt64(40);
        int count = ReadUInt16(60);
        int namesIndex = ReadUInt16(62);
        ulong namesOffset = 0;
        List<(ElfSection Section, uint Name)> sections = [];
        for (int index = 0; index < count; index++)
        {
            ulong offset = table + ((ulong)index * SectionHeaderBytes);
            ElfSection section = new(
                string.Empty,
                ReadUInt32(offset + 4),
                ReadUInt64(offset + 8),
                ReadUInt64(offset + 16),
                ReadUInt64(offset + 24),
                ReadUInt64(offset + 32),
                ReadUInt32(offset + 40));
            sections.Add((section, ReadUInt32(offset)));
            namesOffset = index == namesIndex ? section.Offset : namesOffset;
        }

        ReadOnlySpan<byte> names = Slice(namesOffset, (ulong)_file.Length - Math.Min(namesOffset, (ulong)_file.Length));
        foreach ((ElfSection section, uint name) in sections)
        {
            _sections.Add(section with { Name = Text(names, name) });
        }
    }

    private void ReadSegments()
    {
        ulong table = ReadUInt64(32);
        int count = ReadUInt16(56);
        bool isFixed = ReadUInt16(16) == FixedAddress;
        for (int index = 0; index < count; index++)
        {
            ulong offset = table + ((ulong)index * ProgramHeaderBytes);
            if (ReadUInt32(offset) != LoadSegment)
            {
                continue;
            }

            switch (ReadUInt32(offset + 4) & (WriteFlag | ExecuteFlag))
            {
                case ExecuteFlag when isFixed:
                    LinkBase = ReadUInt64(offset + 16);
                    break;
                case 0:
                    ReadOnlySegmentOffset = (int)ReadUInt64(offset + 8);
                    break;
            }
        }
    }

    private ReadOnlySpan<byte> Contents(ElfSection section) => Slice(section.Offset, section.LengthBytes);

    private ushort ReadUInt16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, sizeof(ushort)));

    private uint ReadUInt32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, sizeof(uint)));

    private ulong ReadUInt64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, sizeof(ulong)));

    private ReadOnlySpan<byte> Slice(ulong offset, ulong lengthBytes)
        => offset <= (ulong)_file.Length && lengthBytes <= (ulong)_file.Length - offset
            ? _file.AsSpan((int)offset, (int)lengthBytes)
            : throw new InvalidDataException($"{_path} ends before offset 0x{offset + lengthBytes:x}");
}
