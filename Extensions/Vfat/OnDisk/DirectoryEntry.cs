using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>The 32 bytes of a directory entry that names a file by its short name.</summary>
internal readonly ref struct DirectoryEntry(Span<byte> bytes)
{
    /// <summary>The size of every slot of a directory.</summary>
    public const int Bytes = 32;

    /// <summary>First byte of a slot that is free, and behind which no slot was ever used.</summary>
    public const byte EndMark = 0;

    /// <summary>First byte of a slot that is free again.</summary>
    public const byte FreeMark = 0xE5;

    /// <summary>Where the attributes are.</summary>
    public const int AttributeOffset = 11;

    /// <summary>The attributes of a slot that holds a piece of a long name.</summary>
    public const byte LongNameAttributes = 0x0F;

    /// <summary>The attribute of the entry that holds the label.</summary>
    public const byte LabelAttribute = 0x08;

    private const byte KeptAttributes = 0x37;

    private readonly Span<byte> _bytes = bytes;

    /// <summary>The short name, blank padded.</summary>
    public Span<byte> ShortName => _bytes[..ShortNames.Bytes];

    /// <summary>Bits 3 and 4: the base and the extension are meant in lower case.</summary>
    public byte CaseBits => _bytes[12];

    /// <summary>Attributes.</summary>
    public FileFlags Flags
    {
        get => (FileFlags)(_bytes[AttributeOffset] & KeptAttributes);
        set => _bytes[AttributeOffset] = (byte)value;
    }

    /// <summary>Where the content begins. The upper half means something on FAT32 only.</summary>
    public uint GetCluster(uint fatBits)
        => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[26..])
            | (fatBits == 32 ? (uint)BinaryPrimitives.ReadUInt16LittleEndian(_bytes[20..]) << 16 : 0);

    /// <summary>Says where the content begins.</summary>
    public void SetCluster(uint cluster, uint fatBits)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes[26..], (ushort)cluster);
        if (fatBits == 32)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes[20..], (ushort)(cluster >> 16));
        }
    }

    /// <summary>The length; zero for a directory.</summary>
    public uint LengthBytes
    {
        get => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[28..]);
        set => BinaryPrimitives.WriteUInt32LittleEndian(_bytes[28..], value);
    }

    /// <summary>When it was made.</summary>
    public long CreatedTicks
    {
        get => FatTime.ToTicks(
            BinaryPrimitives.ReadUInt16LittleEndian(_bytes[16..]), BinaryPrimitives.ReadUInt16LittleEndian(_bytes[14..]), _bytes[13]);
        set
        {
            (ushort date, ushort time, byte hundredths) = FatTime.FromTicks(value);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes[16..], date);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes[14..], time);
            _bytes[13] = hundredths;
        }
    }

    /// <summary>When it was written last. The day of the last access is set along.</summary>
    public long ModifiedTicks
    {
        get => FatTime.ToTicks(
            BinaryPrimitives.ReadUInt16LittleEndian(_bytes[24..]), BinaryPrimitives.ReadUInt16LittleEndian(_bytes[22..]), 0);
        set
        {
            (ushort date, ushort time, _) = FatTime.FromTicks(value);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes[24..], date);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes[22..], time);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes[18..], date);
        }
    }
}
