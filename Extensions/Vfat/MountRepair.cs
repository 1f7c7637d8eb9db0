using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Puts a volume in order that was not put to rest. Because of the order of all writes there is little to do: copies of the table
/// may differ, clusters may belong to nobody, a chain may be longer than its file, and a move may have stopped half-way.
/// </summary>
internal sealed class MountRepair(VolumeAccess volume)
{
    private readonly ClusterMap _used = new(volume.Geometry.ClusterLimit);
    private readonly Stack<(uint Cluster, uint Parent)> _directories = [];
    private readonly List<(ulong Entry, int Pieces, uint Directory)> _moves = [];

    /// <summary>
    /// Does it. False if the volume contradicts itself in a way that no cut explains: then nothing was changed that could be wanted
    /// for its repair.
    /// </summary>
    public bool TryRepair(ReadOnlySpan<uint> openChains)
    {
        try
        {
            MakeCopiesEqual();
            if (!TryMarkRoot() || !TryWalk() || !TryCompleteMoves())
            {
                return false;
            }

            foreach (uint chain in openChains)
            {
                MarkOpenChain(chain);
            }

            FreeTheRest();
            return true;
        }
        catch (FileSystemException exception) when (exception.Status == FileStatus.Damaged)
        {
            volume.Clusters.Discard();
            return false;
        }
    }

    private void MakeCopiesEqual()
    {
        VolumeGeometry geometry = volume.Geometry;
        uint piece = (uint)Math.Min(ClusterStore.ReadBytes, geometry.FatBytes);
        byte[] first = new byte[piece];
        byte[] second = new byte[piece];
        for (ulong offset = 0; geometry.FatCount > 1 && offset < geometry.FatBytes; offset += piece)
        {
            int length = (int)Math.Min(piece, geometry.FatBytes - offset);
            volume.Bytes.ReadContent(geometry.FatPosition + offset, first.AsSpan(0, length));
            volume.Bytes.ReadContent(geometry.FatPosition + geometry.FatBytes + offset, second.AsSpan(0, length));
            for (int start = 0; start < length; start += (int)VolumeBytes.LineBytes)
            {
                ReadOnlySpan<byte> line = first.AsSpan(start, (int)Math.Min(VolumeBytes.LineBytes, (uint)(length - start)));
                if (!line.SequenceEqual(second.AsSpan(start, line.Length)))
                {
                    volume.Bytes.WriteContent(geometry.FatPosition + geometry.FatBytes + offset + (uint)start, line);
                }
            }
        }
    }

    private bool TryMarkRoot()
    {
        _directories.Push((0, 0));
        return volume.Geometry.RootCluster == 0 || TryMarkChain(volume.Geometry.RootCluster, uint.MaxValue);
    }

    private bool TryWalk()
    {
        while (_directories.TryPop(out (uint Cluster, uint Parent) directory))
        {
            FindMoves(directory.Cluster);
            DirectoryReader reader = new(volume, directory.Cluster);
            while (reader.TryNext())
            {
                if (!TryMark(reader.Node, directory.Cluster))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryMark(FileNode node, uint parent)
    {
        if (node.IsDirectory)
        {
            _directories.Push((node.FirstCluster, parent));
            return node.FirstCluster != 0 && TryMarkChain(node.FirstCluster, uint.MaxValue);
        }

        return node.FirstCluster == 0 || TryMarkChain(node.FirstCluster, volume.Geometry.ClustersFor(node.LengthBytes));
    }

    // A chain that is longer than its file ends where the file does.
    private bool TryMarkChain(uint cluster, uint count)
    {
        while (cluster != 0)
        {
            // The first one is what an entry says, which may be anything.
            if (!volume.Geometry.IsCluster(cluster) || !_used.Add(cluster))
            {
                return false;
            }

            uint next = volume.Clusters.Next(cluster);
            if (next != 0 && --count == 0)
            {
                volume.Clusters.Cut(cluster);
                volume.Bytes.Order();
                break;
            }

            cluster = next;
        }

        return true;
    }

    // These are not known to the medium: what an earlier instance left behind them may be anything.
    private void MarkOpenChain(uint cluster)
    {
        while (volume.Geometry.IsCluster(cluster) && _used.Add(cluster))
        {
            uint next = volume.Clusters.Table.Get(cluster);
            cluster = volume.Clusters.Table.IsEnd(next) ? 0 : next;
        }
    }

    private void FindMoves(uint directory)
    {
        SlotCursor cursor = new(volume, directory);
        do
        {
            ReadOnlySpan<byte> slot = volume.Bytes.Read(cursor.Position, DirectoryEntry.Bytes);
            if (slot[0] == DirectoryEntry.EndMark)
            {
                return;
            }

            if (PreparedMove.IsPrepared(slot, out int pieces))
            {
                _moves.Add((cursor.Position, pieces, directory));
            }
        }
        while (cursor.TryAdvance());
    }

    // An entry on its way is wanted only if the old one is gone: nothing else has its chain then.
    private bool TryCompleteMoves()
    {
        for (int index = 0; index < _moves.Count; index++)
        {
            (ulong position, int pieces, uint directory) = _moves[index];
            ulong start = position - ((uint)pieces * DirectoryEntry.Bytes);
            byte[] prepared = new byte[(pieces + 1) * DirectoryEntry.Bytes];
            for (int slot = 0; slot <= pieces; slot++)
            {
                volume.Bytes.Read(start + (uint)(slot * DirectoryEntry.Bytes), DirectoryEntry.Bytes)
                    .CopyTo(prepared.AsSpan(slot * DirectoryEntry.Bytes));
            }

            byte[] slots = PreparedMove.Revive(prepared);
            FileNode node = DirectoryReader.NodeOf(slots.AsSpan(pieces * DirectoryEntry.Bytes), position, volume.Geometry);
            bool isOrphan = volume.Geometry.IsCluster(node.FirstCluster) && !_used.Contains(node.FirstCluster)
                && volume.Clusters.Table.Get(node.FirstCluster) != FatTable.Free;
            if (isOrphan)
            {
                if (!TryMark(node, directory))
                {
                    return false;
                }

                if (node.IsDirectory)
                {
                    Renaming.SetParent(volume, node.FirstCluster, directory);
                    volume.Bytes.Order();
                }

                volume.Bytes.Write(start, slots);
                volume.Bytes.Order();
                if (!TryWalk())
                {
                    return false;
                }
            }
            else
            {
                // Not to be taken for one that is wanted when its clusters are somebody else's.
                volume.Bytes.Write(position, new byte[] { DirectoryEntry.FreeMark });
                volume.Bytes.Write(position + DirectoryEntry.AttributeOffset, new byte[DirectoryEntry.Bytes - DirectoryEntry.AttributeOffset]);
            }
        }

        return true;
    }

    private void FreeTheRest()
    {
        ClusterStore clusters = volume.Clusters;
        for (uint cluster = clusters.FindNeither(_used, 0); cluster != 0; cluster = clusters.FindNeither(_used, cluster + 1))
        {
            uint value = clusters.Table.Get(cluster);
            if (value != FatTable.Free && !clusters.Table.IsBad(value))
            {
                clusters.Reclaim(cluster);
            }
        }

        clusters.Write();
        volume.Bytes.Order();
    }
}
