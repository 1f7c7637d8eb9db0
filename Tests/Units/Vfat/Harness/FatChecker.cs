using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>
/// Finds what fsck.vfat would find, written anew from the format and without any of the code under test; it is compared with
/// fsck.vfat itself. Clusters that belong to nobody are counted and not complained of.
/// </summary>
internal sealed class FatChecker
{
    private const int SlotBytes = 32;

    private readonly byte[] _image;
    private readonly int _fatBits;
    private readonly int _fatStart;
    private readonly int _fatBytes;
    private readonly int _fatCopies;
    private readonly int _rootStart;
    private readonly int _rootBytes;
    private readonly uint _rootCluster;
    private readonly int _dataStart;
    private readonly int _clusterBytes;
    private readonly uint _limit;
    private readonly List<string> _problems = [];
    private uint[] _fat = [];
    private int[] _owner = [];

    public FatChecker(byte[] image)
    {
        _image = image;
        int sector = U16(11);
        int fatSectors = U16(22) != 0 ? U16(22) : (int)U32(36);
        int total = U16(19) != 0 ? U16(19) : (int)U32(32);
        _clusterBytes = image[13] * sector;
        _fatStart = U16(14) * sector;
        _fatBytes = fatSectors * sector;
        _fatCopies = image[16];
        _rootStart = _fatStart + (_fatBytes * _fatCopies);
        _rootBytes = U16(17) * SlotBytes;
        _dataStart = _rootStart + _rootBytes;
        int clusters = ((total * sector) - _dataStart) / _clusterBytes;
        _fatBits = U16(22) == 0 ? 32 : clusters < 4085 ? 12 : 16;
        _rootCluster = _fatBits == 32 ? U32(44) : 0;
        _limit = (uint)clusters + 2;
    }

    public int LostClusters { get; private set; }

    public int Copies => _fatCopies;

    private uint Bad => _fatBits switch { 12 => 0xFF7, 16 => 0xFFF7, _ => 0x0FFF_FFF7 };

    /// <summary>What is wrong if one copy of the table counts.</summary>
    public IReadOnlyList<string> Check(int copy)
    {
        _problems.Clear();
        ReadTable(_fatStart + (copy * _fatBytes));
        for (uint cluster = 2; cluster < _limit; cluster++)
        {
            if (_fat[cluster] == 1 || (_fat[cluster] >= _limit && _fat[cluster] < Bad))
            {
                _problems.Add($"cluster {cluster} leads to {_fat[cluster]:X}");
            }
        }

        if (_problems.Count == 0)
        {
            if (_rootCluster != 0)
            {
                WalkChain("/", _rootCluster, null, 1);
            }

            CheckDirectory("/", _rootCluster, null, 0);
            LostClusters = 0;
            for (uint cluster = 2; cluster < _limit; cluster++)
            {
                LostClusters += _fat[cluster] != 0 && _fat[cluster] != Bad && _owner[cluster] == 0 ? 1 : 0;
            }
        }

        return _problems;
    }

    private ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(offset));

    private uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_image.AsSpan(offset));

    private void ReadTable(int start)
    {
        if (_fat.Length == 0)
        {
            _fat = new uint[_limit];
            _owner = new int[_limit];
        }

        Array.Clear(_owner);
        for (uint cluster = 0; cluster < _limit; cluster++)
        {
            _fat[cluster] = _fatBits switch
            {
                32 => U32(start + ((int)cluster * 4)) & 0x0FFF_FFFF,
                16 => U16(start + ((int)cluster * 2)),
                _ when cluster % 2 == 0 => U16(start + ((int)cluster * 3 / 2)) & 0xFFFu,
                _ => (uint)U16(start + ((int)cluster * 3 / 2)) >> 4,
            };
        }
    }

    // The chain of a file or directory, which nobody else may have.
    private List<uint> WalkChain(string path, uint first, uint? size, int owner)
    {
        List<uint> chain = [];
        for (uint cluster = first; cluster != 0 && cluster <= Bad; cluster = _fat[cluster])
        {
            if (cluster < 2 || cluster >= _limit || _fat[cluster] == 0 || _fat[cluster] == Bad)
            {
                _problems.Add($"{path}: chain comes to {cluster}, which is free or none");
                return chain;
            }

            if (_owner[cluster] != 0)
            {
                _problems.Add($"{path}: shares cluster {cluster}");
                return chain;
            }

            if (size is { } bytes && bytes <= chain.Count * (long)_clusterBytes)
            {
                _problems.Add($"{path}: chain is longer than {bytes} bytes");
                return chain;
            }

            _owner[cluster] = owner;
            chain.Add(cluster);
        }

        if (size > chain.Count * (long)_clusterBytes)
        {
            _problems.Add($"{path}: chain is shorter than {size} bytes");
        }

        return chain;
    }

    private void CheckDirectory(string path, uint first, uint? parent, int depth)
    {
        IEnumerable<int> slots = first == 0
            ? Enumerable.Range(0, _rootBytes / SlotBytes).Select(slot => _rootStart + (slot * SlotBytes))
            : ChainOf(first).SelectMany(cluster => Enumerable.Range(0, _clusterBytes / SlotBytes)
                .Select(slot => _dataStart + ((int)(cluster - 2) * _clusterBytes) + (slot * SlotBytes)));
        HashSet<string> shortNames = [];
        List<(string Path, uint First)> children = [];
        int expected = -1;
        byte checksum = 0;
        bool hasEnded = false;
        int index = -1;
        foreach (int slot in slots)
        {
            index++;
            byte mark = _image[slot];
            byte attributes = _image[slot + 11];
            if (parent is { } up && index < 2)
            {
                CheckDots(path, slot, index, index == 0 ? first : up);
                continue;
            }

            if (hasEnded && mark != 0)
            {
                _problems.Add($"{path}: slot {index} is behind the end");
            }

            if (mark is 0 or 0xE5)
            {
                Orphan(path, expected);
                expected = -1;
                hasEnded |= mark == 0;
                continue;
            }

            if (attributes == 0x0F)
            {
                expected = CheckPiece(path, slot, expected, ref checksum);
                continue;
            }

            string name = Encoding.Latin1.GetString(_image, slot, 11);
            if (expected > 0)
            {
                _problems.Add($"{path}: unfinished long name before {name}");
            }
            else if (expected == 0 && checksum != Checksum(slot))
            {
                _problems.Add($"{path}: wrong checksum before {name}");
            }

            expected = -1;
            if ((attributes & 8) != 0)
            {
                continue;
            }

            if (!shortNames.Add(name))
            {
                _problems.Add($"{path}: {name} twice");
            }

            uint cluster = U16(slot + 26) | (_fatBits == 32 ? (uint)U16(slot + 20) << 16 : 0);
            bool isDirectory = (attributes & 16) != 0;
            string child = $"{path}{name.Trim()}/";
            if (isDirectory && (cluster == 0 || U32(slot + 28) != 0))
            {
                _problems.Add($"{child}: directory without cluster or with a size");
                continue;
            }

            WalkChain(child, cluster, isDirectory ? null : U32(slot + 28), 1 + slot);
            if (isDirectory && depth < 60)
            {
                children.Add((child, cluster));
            }
        }

        Orphan(path, expected);
        foreach ((string child, uint cluster) in children)
        {
            CheckDirectory(child, cluster, parent is null ? 0 : first, depth + 1);
        }
    }

    private IEnumerable<uint> ChainOf(uint first)
    {
        int count = 0;
        for (uint cluster = first; cluster >= 2 && cluster < _limit && count++ < _limit; cluster = _fat[cluster])
        {
            yield return cluster;
        }
    }

    private void CheckDots(string path, int slot, int index, uint expected)
    {
        uint cluster = U16(slot + 26) | (_fatBits == 32 ? (uint)U16(slot + 20) << 16 : 0);
        string name = Encoding.Latin1.GetString(_image, slot, 11);
        if (name != (index == 0 ? ".          " : "..         ") || (_image[slot + 11] & 16) == 0 || cluster != expected)
        {
            _problems.Add($"{path}: bad '{name.Trim()}', {cluster} instead of {expected}");
        }
    }

    private int CheckPiece(string path, int slot, int expected, ref byte checksum)
    {
        int ordinal = _image[slot] & 0x3F;
        if (expected == 0)
        {
            Orphan(path, expected);
            expected = -1;
        }

        if ((_image[slot] & 0x40) != 0 && ordinal != 0)
        {
            if (expected != -1)
            {
                _problems.Add($"{path}: a long name begins within another one");
            }

            checksum = _image[slot + 13];
        }
        else if (ordinal != expected)
        {
            _problems.Add($"{path}: piece {ordinal} of a long name where {expected} is expected");
            return -1;
        }

        if (_image[slot + 13] != checksum)
        {
            _problems.Add($"{path}: wrong checksum in a piece");
        }

        return ordinal - 1;
    }

    private void Orphan(string path, int expected)
    {
        if (expected != -1)
        {
            _problems.Add($"{path}: pieces of a long name without an entry");
        }
    }

    private byte Checksum(int slot)
    {
        byte sum = 0;
        for (int index = 0; index < 11; index++)
        {
            sum = (byte)(((sum & 1) << 7) + (sum >> 1) + _image[slot + index]);
        }

        return sum;
    }
}
