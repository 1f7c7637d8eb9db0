using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>The label of a volume: an entry of the root directory, and a field of the boot sector that repeats it.</summary>
internal sealed class VolumeLabel(VolumeAccess volume)
{
    private const ulong Offset = 43;
    private const ulong OffsetFat32 = 71;
    private const ulong BackupOffset = 50;

    private static ReadOnlySpan<byte> NoLabel => "NO NAME    "u8;

    /// <summary>Reads it. Returns its length, zero if there is none.</summary>
    public int Read(Span<char> label)
    {
        if (FindEntry() is not { } entry)
        {
            return 0;
        }

        ReadOnlySpan<byte> name = volume.Bytes.Read(entry, ShortNames.Bytes).TrimEnd((byte)' ');
        for (int index = 0; index < name.Length; index++)
        {
            label[index] = ShortNames.DecodeCharacter(name[index]);
        }

        return name.Length;
    }

    /// <summary>Changes it; an empty one takes it away.</summary>
    public void Write(ReadOnlySpan<char> label, long nowTicks)
    {
        Span<byte> name = stackalloc byte[ShortNames.Bytes];
        if (!ShortNames.TryEncodeLabel(label, name))
        {
            throw new FileSystemException(FileStatus.BadName);
        }

        ulong? old = FindEntry();
        DirectoryEditor root = new(volume, 0);
        if (label.IsEmpty)
        {
            if (old is { } position)
            {
                root.Remove([position]);
            }

            NoLabel.CopyTo(name);
        }
        else if (old is { } position)
        {
            volume.Bytes.Write(position, name);
        }
        else
        {
            byte[] slot = new byte[DirectoryEntry.Bytes];
            name.CopyTo(slot);
            new DirectoryEntry(slot).ModifiedTicks = nowTicks;
            slot[DirectoryEntry.AttributeOffset] = DirectoryEntry.LabelAttribute;
            root.Insert(slot);
        }

        volume.Bytes.Order();
        bool isFat32 = volume.Geometry.FatBits == 32;
        volume.Bytes.Write(isFat32 ? OffsetFat32 : Offset, name);
        uint backup = isFat32 ? BitConverter.ToUInt16(volume.Bytes.Read(BackupOffset, sizeof(ushort))) : 0u;
        ulong backupPosition = backup * (ulong)volume.Bytes.SectorBytes;
        if (backup != 0 && backupPosition + BootSector.Bytes <= volume.Geometry.FatPosition)
        {
            volume.Bytes.Write(backupPosition + OffsetFat32, name);
        }
    }

    private ulong? FindEntry()
    {
        DirectoryReader reader = new(volume, 0) { IncludesLabel = true };
        while (reader.TryNext())
        {
            if ((reader.Entry[DirectoryEntry.AttributeOffset] & DirectoryEntry.LabelAttribute) != 0)
            {
                return reader.Slots[^1];
            }
        }

        return null;
    }
}
