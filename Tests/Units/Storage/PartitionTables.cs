using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Storage;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>How disks are divided, and that no table makes anybody look outside the disk.</summary>
public sealed class PartitionTables
{
    private const int Sectors = 4096;

    [Fact]
    public void PrimaryAndLogicalPartitionsAreFound()
    {
        ArrayVolume disk = new(Sectors);
        disk.SetEntry(0, 0, 0x0C, 64, 1000);
        disk.SetEntry(0, 1, 0x05, 2000, 1000);
        disk.SetEntry(2000, 0, 0x06, 10, 90);
        disk.SetEntry(2000, 1, 0x05, 200, 100);
        disk.SetEntry(2200, 0, 0x83, 10, 90);
        IReadOnlyList<Partition> found = Read(disk);
        Assert.Equal([(1u, 64ul, 1000ul, "fat32"), (5u, 2010ul, 90ul, "fat16"), (6u, 2210ul, 90ul, "linux")],
            found.Select(partition => (partition.Number, partition.FirstSector, partition.SectorCount, partition.Kind)));
    }

    [Fact]
    public void AFileSystemWithoutATableIsNone()
    {
        ArrayVolume disk = new(Sectors);
        disk.Bytes[510] = 0x55;
        disk.Bytes[511] = 0xAA;
        "This is not a bootable disk. "u8.CopyTo(disk.Bytes.AsSpan(446));
        Assert.Empty(Read(disk));
    }

    [Fact]
    public void AChainThatBitesItsOwnTailEnds()
    {
        ArrayVolume disk = new(Sectors);
        disk.SetEntry(0, 0, 0x05, 100, 1000);
        disk.SetEntry(100, 0, 0x83, 1, 1);
        disk.SetEntry(100, 1, 0x05, 10, 10);
        disk.SetEntry(110, 1, 0x05, 10, 10);
        Assert.Single(Read(disk));
    }

    [Fact]
    public void WhatOverlapsOrLiesOutsideIsLeftOutOrCutOff()
    {
        ArrayVolume disk = new(Sectors);
        disk.SetEntry(0, 0, 0x83, 100, 1000);
        disk.SetEntry(0, 1, 0x83, 500, 1000);
        disk.SetEntry(0, 2, 0x83, 4000, 1000);
        disk.SetEntry(0, 3, 0x83, 5000, 10);
        Assert.Equal([(100ul, 1000ul, false), (4000ul, 96ul, true)],
            Read(disk).Select(partition => (partition.FirstSector, partition.SectorCount, partition.IsTruncated)));
    }

    [Fact]
    public void AGuidTableIsReadFromItsCopyWhenItIsDamaged()
    {
        ArrayVolume disk = new(Sectors);
        disk.MakeGuidTable((34UL, 1000UL), (2048UL, 1024UL));
        (ulong, ulong)[] expected = [(34UL, 1000UL), (2048UL, 1024UL)];
        Assert.Equal(expected, Read(disk).Select(partition => (partition.FirstSector, partition.SectorCount)));
        disk.Bytes[512 + 60] ^= 1;
        Assert.Equal(expected, Read(disk).Select(partition => (partition.FirstSector, partition.SectorCount)));
        disk.Bytes[^20] ^= 1;
        disk.Bytes[^500] ^= 1;
        Assert.Empty(Read(disk));
    }

    [Fact]
    public void NoDamagedTableLeadsOutsideTheDisk()
    {
        Random random = new(11);
        ArrayVolume good = new(Sectors);
        good.MakeGuidTable((34UL, 1000UL), (2048UL, 1024UL));
        ArrayVolume classic = new(Sectors);
        classic.SetEntry(0, 0, 0x0C, 64, 1000);
        classic.SetEntry(0, 1, 0x05, 2000, 1000);
        classic.SetEntry(2000, 0, 0x06, 10, 90);
        classic.SetEntry(2000, 1, 0x05, 200, 100);
        for (int round = 0; round < 10_000; round++)
        {
            ArrayVolume disk = new((round % 2 == 0 ? good : classic).Bytes.AsSpan(0, round % 5 == 0 ? 1024 * 512 : Sectors * 512));
            for (int change = random.Next(1, 12); change > 0; change--)
            {
                disk.Bytes[random.Next(2) == 0 ? random.Next(440, 512) : random.Next(disk.Bytes.Length)] = (byte)random.Next(256);
            }

            disk.Bytes[510] = 0x55;
            disk.Bytes[511] = 0xAA;
            disk.RepairChecksums();
            ulong end = 0;
            foreach (Partition partition in Read(disk).OrderBy(partition => partition.FirstSector))
            {
                Assert.True(partition.SectorCount != 0 && partition.FirstSector >= end && partition.FirstSector != 0);
                end = partition.FirstSector + partition.SectorCount;
                Assert.True(end <= disk.SectorCount);
            }
        }
    }

    private static IReadOnlyList<Partition> Read(ArrayVolume disk)
    {
        Assert.Equal(CallStatus.Ok, PartitionTable.Read(disk, out IReadOnlyList<Partition> partitions));
        return partitions;
    }

    /// <summary>A disk that complains of reads outside of it.</summary>
    private sealed class ArrayVolume : IBlockVolume
    {
        private const int HeaderBytes = 92;
        private const uint Entries = 128;

        public ArrayVolume(int sectors) => Bytes = new byte[sectors * 512];

        public ArrayVolume(ReadOnlySpan<byte> bytes) => Bytes = bytes.ToArray();

        public byte[] Bytes { get; }

        public uint SectorBytes => 512;

        public ulong SectorCount => (ulong)Bytes.Length / 512;

        public bool IsReadOnly => true;

        public CallStatus Read(ulong firstSector, Span<byte> destination)
        {
            Bytes.AsSpan((int)firstSector * 512, destination.Length).CopyTo(destination);
            return CallStatus.Ok;
        }

        public CallStatus Write(ulong firstSector, ReadOnlySpan<byte> source) => CallStatus.NotSupported;

        public CallStatus WriteLate(ulong firstSector, ReadOnlySpan<byte> source) => CallStatus.NotSupported;

        public CallStatus Order() => CallStatus.Ok;

        public CallStatus Flush() => CallStatus.Ok;

        public void SetEntry(int sector, int index, byte type, uint first, uint count)
        {
            Span<byte> table = Bytes.AsSpan(sector * 512, 512);
            table[510] = 0x55;
            table[511] = 0xAA;
            Span<byte> entry = table[(446 + (16 * index))..];
            entry[4] = type;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], first);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], count);
        }

        public void MakeGuidTable(params ReadOnlySpan<(ulong First, ulong Count)> partitions)
        {
            SetEntry(0, 0, 0xEE, 1, (uint)SectorCount - 1);
            foreach ((ulong header, ulong entries) in new[] { (1ul, 2ul), (SectorCount - 1, SectorCount - 33) })
            {
                Span<byte> sector = Bytes.AsSpan((int)header * 512, 512);
                "EFI PART"u8.CopyTo(sector);
                BinaryPrimitives.WriteUInt32LittleEndian(sector[12..], HeaderBytes);
                BinaryPrimitives.WriteUInt64LittleEndian(sector[24..], header);
                BinaryPrimitives.WriteUInt64LittleEndian(sector[40..], 34);
                BinaryPrimitives.WriteUInt64LittleEndian(sector[48..], SectorCount - 34);
                BinaryPrimitives.WriteUInt64LittleEndian(sector[72..], entries);
                BinaryPrimitives.WriteUInt32LittleEndian(sector[80..], Entries);
                BinaryPrimitives.WriteUInt32LittleEndian(sector[84..], 128);
                for (int index = 0; index < partitions.Length; index++)
                {
                    Span<byte> entry = Bytes.AsSpan(((int)entries * 512) + (index * 128), 128);
                    new Guid("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7").TryWriteBytes(entry);
                    BinaryPrimitives.WriteUInt64LittleEndian(entry[32..], partitions[index].First);
                    BinaryPrimitives.WriteUInt64LittleEndian(entry[40..], partitions[index].First + partitions[index].Count - 1);
                }
            }

            RepairChecksums();
        }

        /// <summary>Makes the checksums right, so that it is not they that protect from everything else.</summary>
        public void RepairChecksums()
        {
            foreach (ulong header in new[] { 1ul, SectorCount - 1 })
            {
                Span<byte> sector = Bytes.AsSpan((int)header * 512, 512);
                ulong entries = BinaryPrimitives.ReadUInt64LittleEndian(sector[72..]);
                ulong bytes = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(sector[80..]) * BinaryPrimitives.ReadUInt32LittleEndian(sector[84..]);
                uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(sector[12..]);
                if (entries < SectorCount && bytes <= (ulong)Bytes.Length - (entries * 512) && headerBytes <= 512)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(
                        sector[88..], Crc32.Continue(0, Bytes.AsSpan((int)entries * 512, (int)bytes)));
                    sector.Slice(16, 4).Clear();
                    BinaryPrimitives.WriteUInt32LittleEndian(sector[16..], Crc32.Continue(0, sector[..(int)headerBytes]));
                }
            }
        }
    }
}
