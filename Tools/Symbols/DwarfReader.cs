using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace NooksOS.Tools.Symbols;

/// <summary>Reads the number forms of DWARF one after the other.</summary>
internal ref struct DwarfReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position >= _bytes.Length;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public ulong ReadUnsigned()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = ReadByte();
            value |= shift < 64 ? (ulong)(next & 0x7F) << shift : 0;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public long ReadSigned()
    {
        long value = 0;
        for (int shift = 0; ;)
        {
            byte next = ReadByte();
            value |= shift < 64 ? (long)(next & 0x7F) << shift : 0;
            shift += 7;
            if (next < 0x80)
            {
                return shift < 64 && (next & 0x40) != 0 ? value | (-1L << shift) : value;
            }
        }
    }

    public string ReadText()
    {
        int length = _bytes[Position..].IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(Take(length < 0 ? _bytes.Length - Position : length));
        Position = Math.Min(Position + 1, _bytes.Length);
        return text;
    }

    public ReadOnlySpan<byte> Take(int lengthBytes)
    {
        if (lengthBytes < 0 || lengthBytes > _bytes.Length - Position)
        {
            throw new InvalidDataException("the line information ends too early");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, lengthBytes);
        Position += lengthBytes;
        return taken;
    }
}
