using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Storage;

/// <summary>
/// The partition table of the IBM PC: four entries in the first sector, of which one may be an extended partition, a chain of
/// further tables with one partition each. Nothing in it is trusted.
/// </summary>
internal static class MasterBootRecord
{
    /// <summary>The type of an entry that says that there is a GPT (UEFI 2.10 section 5.2.3).</summary>
    public const byte Protective = 0xEE;

    private const int SignatureOffset = 510;
    private const ushort Signature = 0xAA55;
    private const int EntriesOffset = 446;
    private const int EntryBytes = 16;
    private const int EntryCount = 4;
    private const byte Bootable = 0x80;
    private const uint FirstLogical = 5;

    private readonly record struct Entry(byte Indicator, byte Type, uint FirstSector, uint SectorCount)
    {
        public bool IsExtended => Type is 0x05 or 0x0F or 0x85;
    }

    /// <summary>Whether a sector has the type of a partition in one of its entries.</summary>
    public static bool HasType(ReadOnlySpan<byte> sector, byte type)
    {
        for (int index = 0; index < EntryCount; index++)
        {
            if (ReadEntry(sector, index).Type == type)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a sector may be a table: its signature is that of boot sectors of file systems as well, in which text or code
    /// stands where the entries would be.
    /// </summary>
    public static bool IsTable(ReadOnlySpan<byte> sector)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(sector[SignatureOffset..]) != Signature)
        {
            return false;
        }

        for (int index = 0; index < EntryCount; index++)
        {
            if (ReadEntry(sector, index).Indicator is not (0 or Bootable))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the partitions of a table.</summary>
    public static IReadOnlyList<Partition> Read(IBlockVolume disk, ReadOnlySpan<byte> sector)
    {
        PartitionList list = new(disk.SectorCount);
        for (int index = 0; index < EntryCount; index++)
        {
            Entry entry = ReadEntry(sector, index);
            if (entry.Type != 0 && !entry.IsExtended)
            {
                list.Add((uint)index + 1, entry.FirstSector, entry.SectorCount, KindOf(entry.Type));
            }
        }

        for (int index = 0; index < EntryCount; index++)
        {
            Entry entry = ReadEntry(sector, index);
            if (entry.IsExtended)
            {
                ReadChain(disk, entry, list);
                break;
            }
        }

        return list.Partitions;
    }

    private static void ReadChain(IBlockVolume disk, Entry extended, PartitionList list)
    {
        byte[] sector = new byte[disk.SectorBytes];
        ulong table = extended.FirstSector;

        // Numbers are bounded, so that a chain that bites its own tail ends.
        for (uint number = FirstLogical; number <= PartitionList.MaximumPartitions; number++)
        {
            if (table == 0 || table >= disk.SectorCount || disk.Read(table, sector) != CallStatus.Ok || !IsTable(sector))
            {
                return;
            }

            // The partition is counted from this table, the next table from the first one.
            Entry partition = ReadEntry(sector, 0);
            Entry next = ReadEntry(sector, 1);
            if (partition.Type != 0 && !partition.IsExtended)
            {
                list.Add(number, table + partition.FirstSector, partition.SectorCount, KindOf(partition.Type));
            }

            if (!next.IsExtended || next.FirstSector == 0)
            {
                return;
            }

            table = (ulong)extended.FirstSector + next.FirstSector;
        }
    }

    private static Entry ReadEntry(ReadOnlySpan<byte> sector, int index)
    {
        ReadOnlySpan<byte> entry = sector.Slice(EntriesOffset + (index * EntryBytes), EntryBytes);
        return new Entry(
            entry[0],
            entry[4],
            BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]));
    }

    private static string KindOf(byte type) => type switch
    {
        0x01 => "fat12",
        0x04 or 0x06 or 0x0E => "fat16",
        0x0B or 0x0C => "fat32",
        0x07 => "ntfs",
        0x82 => "swap",
        0x83 => "linux",
        0xEF => "efi",
        _ => $"0x{type:x2}",
    };
}
