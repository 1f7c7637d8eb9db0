using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Storage;

/// <summary>The GUID partition table, UEFI 2.10 section 5.3. Nothing in it is trusted, good checksums or not.</summary>
internal static class GuidPartitionTable
{
    private const ulong Signature = 0x5452_4150_2049_4645;
    private const int MinimumHeaderBytes = 92;
    private const int ChecksumOffset = 16;
    private const int MinimumEntryBytes = 128;
    private const uint MaximumEntryBytes = 4096;

    // The standard wants room for 128 at least, which is all that anybody makes.
    private const uint MaximumEntries = 1024;

    private static readonly Guid s_basicData = new("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7");
    private static readonly Guid s_efiSystem = new("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
    private static readonly Guid s_linux = new("0FC63DAF-8483-4772-8E79-3D69D8477DE4");

    private readonly record struct Header(
        ulong FirstUsable, ulong LastUsable, ulong EntriesSector, uint EntryCount, uint EntryBytes, uint EntriesChecksum);

    /// <summary>Reads the partitions, from the copy at the end of the disk if the table at its start is damaged. Null if both are.</summary>
    public static IReadOnlyList<Partition>? TryRead(IBlockVolume disk)
        => TryRead(disk, 1) ?? TryRead(disk, disk.SectorCount - 1);

    private static IReadOnlyList<Partition>? TryRead(IBlockVolume disk, ulong headerSector)
    {
        byte[] sector = new byte[disk.SectorBytes];
        if (headerSector >= disk.SectorCount || disk.Read(headerSector, sector) != CallStatus.Ok
            || !TryReadHeader(sector, headerSector, disk, out Header header))
        {
            return null;
        }

        uint sectors = ((header.EntryCount * header.EntryBytes) + disk.SectorBytes - 1) / disk.SectorBytes;
        byte[] entries = new byte[sectors * disk.SectorBytes];
        Span<byte> used = entries.AsSpan(0, (int)(header.EntryCount * header.EntryBytes));
        if (disk.Read(header.EntriesSector, entries) != CallStatus.Ok || Crc32.Continue(0, used) != header.EntriesChecksum)
        {
            return null;
        }

        PartitionList list = new(disk.SectorCount);
        for (uint index = 0; index < header.EntryCount; index++)
        {
            ReadOnlySpan<byte> entry = used.Slice((int)(index * header.EntryBytes), MinimumEntryBytes);
            Guid kind = new(entry[..16]);
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]);
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(entry[40..]);
            if (kind != Guid.Empty && first >= header.FirstUsable && last >= first && last <= header.LastUsable)
            {
                list.Add(index + 1, first, last - first + 1, KindOf(kind));
            }
        }

        return list.Partitions;
    }

    private static bool TryReadHeader(Span<byte> sector, ulong headerSector, IBlockVolume disk, out Header header)
    {
        header = default;
        uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(sector[12..]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(sector) != Signature
            || headerBytes < MinimumHeaderBytes || headerBytes > disk.SectorBytes
            || BinaryPrimitives.ReadUInt64LittleEndian(sector[24..]) != headerSector)
        {
            return false;
        }

        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(sector[ChecksumOffset..]);
        sector.Slice(ChecksumOffset, sizeof(uint)).Clear();
        if (Crc32.Continue(0, sector[..(int)headerBytes]) != checksum)
        {
            return false;
        }

        header = new Header(
            BinaryPrimitives.ReadUInt64LittleEndian(sector[40..]),
            BinaryPrimitives.ReadUInt64LittleEndian(sector[48..]),
            BinaryPrimitives.ReadUInt64LittleEndian(sector[72..]),
            BinaryPrimitives.ReadUInt32LittleEndian(sector[80..]),
            BinaryPrimitives.ReadUInt32LittleEndian(sector[84..]),
            BinaryPrimitives.ReadUInt32LittleEndian(sector[88..]));
        ulong tableBytes = (ulong)header.EntryCount * header.EntryBytes;
        return header.EntryCount is > 0 and <= MaximumEntries
            && header.EntryBytes is >= MinimumEntryBytes and <= MaximumEntryBytes
            && header.FirstUsable <= header.LastUsable
            && header.EntriesSector < disk.SectorCount
            && (tableBytes + disk.SectorBytes - 1) / disk.SectorBytes <= disk.SectorCount - header.EntriesSector;
    }

    private static string KindOf(Guid kind)
        => kind == s_basicData ? "data" : kind == s_efiSystem ? "efi" : kind == s_linux ? "linux" : kind.ToString();
}
