using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// The allocation table with all its copies. Changes are gathered until <see cref="Write"/>, which writes each sector once into
/// each copy; nothing says in which order.
/// </summary>
internal sealed class FatTable(VolumeBytes bytes, VolumeGeometry geometry)
{
    /// <summary>Stands for the end of a chain.</summary>
    public const uint End = 0x0FFF_FFFF;

    /// <summary>Stands for a cluster that is free.</summary>
    public const uint Free = 0;

    private const uint Fat32Mask = 0x0FFF_FFFF;
    private const int MaximumGathered = 128;

    private readonly Dictionary<ulong, byte[]> _changed = [];

    // The value from which on an entry ends a chain, and the one that marks a bad cluster.
    private readonly uint _firstEnd = (geometry.FatBits == 32 ? Fat32Mask : (1u << (int)geometry.FatBits) - 1) - 7;

    /// <summary>Whether a value ends a chain.</summary>
    public bool IsEnd(uint value) => value >= _firstEnd;

    /// <summary>Whether a value marks a cluster that cannot be used.</summary>
    public bool IsBad(uint value) => value == _firstEnd - 1;

    /// <summary>
    /// Whether the entry lies across the border of two sectors, so that one write cannot change it. Only FAT12 has such.
    /// </summary>
    public bool IsSplit(uint cluster)
        => geometry.FatBits == 12 && OffsetOf(cluster) % bytes.SectorBytes == bytes.SectorBytes - 1;

    /// <summary>The entry of a cluster, or entry 0 or 1.</summary>
    public uint Get(uint cluster)
    {
        ulong offset = OffsetOf(cluster);
        switch (geometry.FatBits)
        {
            case 32:
                return BinaryPrimitives.ReadUInt32LittleEndian(Look(offset, 4)) & Fat32Mask;
            case 16:
                return BinaryPrimitives.ReadUInt16LittleEndian(Look(offset, 2));
            default:
                uint low = Look(offset, 1)[0];
                uint pair = low | ((uint)Look(offset + 1, 1)[0] << 8);
                return (cluster & 1) == 0 ? pair & 0xFFF : pair >> 4;
        }
    }

    /// <summary>Changes the entry of a cluster, or entry 1.</summary>
    public void Set(uint cluster, uint value)
    {
        if (_changed.Count >= MaximumGathered)
        {
            // Only chains that nothing points at become so long; in which order they are written does not matter.
            Write();
        }

        ulong offset = OffsetOf(cluster);
        switch (geometry.FatBits)
        {
            case 32:
                Span<byte> wide = Change(offset, 4);
                uint reserved = BinaryPrimitives.ReadUInt32LittleEndian(wide) & ~Fat32Mask;
                BinaryPrimitives.WriteUInt32LittleEndian(wide, reserved | (value & Fat32Mask));
                break;
            case 16:
                BinaryPrimitives.WriteUInt16LittleEndian(Change(offset, 2), (ushort)value);
                break;
            default:
                SetFirstHalf(cluster, value);
                SetSecondHalf(cluster, value);
                break;
        }
    }

    /// <summary>
    /// Changes a split entry by two writes, in the order given. What it is between them the caller has to know to be harmless.
    /// </summary>
    public void SetSplit(uint cluster, uint value, bool firstSectorFirst)
    {
        for (int step = 0; step < 2; step++)
        {
            if ((step == 0) == firstSectorFirst)
            {
                SetFirstHalf(cluster, value);
            }
            else
            {
                SetSecondHalf(cluster, value);
            }

            Write();
            bytes.Order();
        }
    }

    /// <summary>The entry as it is once only the part in the first, or only the part in the second sector was changed.</summary>
    public uint MixSplit(uint cluster, uint value, bool firstSectorFirst)
    {
        // The part in the first sector: the lower eight bits of an even entry, the lower four of an odd one.
        uint firstMask = (cluster & 1) == 0 ? 0xFFu : 0xFu;
        uint old = Get(cluster);
        return firstSectorFirst ? (value & firstMask) | (old & ~firstMask) : (old & firstMask) | (value & 0xFFF & ~firstMask);
    }

    /// <summary>Writes what was changed into each copy. Sectors that follow each other are one request.</summary>
    public void Write()
    {
        ulong[] offsets = [.. _changed.Keys];
        Array.Sort(offsets);
        Span<byte> joined = stackalloc byte[(int)VolumeBytes.LineBytes];
        int length = 0;
        for (int index = 0; index < offsets.Length; index++)
        {
            _changed[offsets[index]].CopyTo(joined[length..]);
            length += (int)bytes.SectorBytes;
            ulong end = offsets[index] + bytes.SectorBytes;
            if (length == joined.Length || index + 1 == offsets.Length || offsets[index + 1] != end)
            {
                WriteCopies(end - (uint)length, joined[..length]);
                length = 0;
            }
        }

        _changed.Clear();
    }

    /// <summary>
    /// Changes entry 1, where the state of the volume is, one copy after the other. Nothing else may be gathered.
    /// </summary>
    public void WriteState(uint entry, bool firstCopyFirst)
    {
        Set(1, entry);
        foreach ((ulong offset, byte[] sector) in _changed)
        {
            for (uint step = 0; step < geometry.FatCount; step++)
            {
                uint copy = firstCopyFirst ? step : geometry.FatCount - 1 - step;
                bytes.Write(geometry.FatPosition + (copy * geometry.FatBytes) + offset, sector);
                bytes.Order();
            }
        }

        _changed.Clear();
    }

    /// <summary>Forgets what was changed and not written.</summary>
    public void Discard() => _changed.Clear();

    private void WriteCopies(ulong offset, ReadOnlySpan<byte> sectors)
    {
        for (uint copy = 0; copy < geometry.FatCount; copy++)
        {
            bytes.Write(geometry.FatPosition + (copy * geometry.FatBytes) + offset, sectors);
        }
    }

    private ulong OffsetOf(uint cluster)
        => cluster < geometry.ClusterLimit ? (ulong)cluster * geometry.FatBits / 8 : throw new FileSystemException(FileStatus.Damaged);

    private void SetFirstHalf(uint cluster, uint value)
    {
        Span<byte> first = Change(OffsetOf(cluster), 1);
        first[0] = (cluster & 1) == 0 ? (byte)value : (byte)((first[0] & 0x0Fu) | ((value & 0x0F) << 4));
    }

    private void SetSecondHalf(uint cluster, uint value)
    {
        Span<byte> second = Change(OffsetOf(cluster) + 1, 1);
        second[0] = (cluster & 1) == 0 ? (byte)((second[0] & 0xF0u) | ((value >> 8) & 0x0F)) : (byte)(value >> 4);
    }

    private ReadOnlySpan<byte> Look(ulong offset, uint length)
    {
        ulong start = offset / bytes.SectorBytes * bytes.SectorBytes;
        return _changed.TryGetValue(start, out byte[]? sector)
            ? sector.AsSpan((int)(offset - start), (int)length)
            : bytes.Read(geometry.FatPosition + offset, length);
    }

    private Span<byte> Change(ulong offset, uint length)
    {
        ulong start = offset / bytes.SectorBytes * bytes.SectorBytes;
        if (!_changed.TryGetValue(start, out byte[]? sector))
        {
            sector = bytes.Read(geometry.FatPosition + start, bytes.SectorBytes).ToArray();
            _changed.Add(start, sector);
        }

        return sector.AsSpan((int)(offset - start), (int)length);
    }
}
