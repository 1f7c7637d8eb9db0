using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Reads and writes the content of files. A file gets longer or shorter in a chain that nothing points at, and gets that chain and
/// its new length by one write of its directory entry (<see cref="Link"/>).
/// </summary>
internal sealed class FileContent(VolumeAccess volume)
{
    // A call of the kernel's must not last long.
    private const uint ReleasedClustersPerCall = 4096;

    /// <summary>No file can be longer.</summary>
    public const uint MaximumLength = uint.MaxValue;

    /// <summary>Reads from a place on, up to the end of the file.</summary>
    public FileReply Read(FileNode node, uint offset, Span<byte> bytes)
    {
        Require(node);
        if (offset >= node.LengthBytes || bytes.IsEmpty)
        {
            return new FileReply(FileStatus.Ok, 0, 0, 0, node);
        }

        bytes = bytes[..(int)Math.Min((uint)bytes.Length, node.LengthBytes - offset)];
        node = Transfer(node, offset, (uint)bytes.Length, bytes, default);
        return new FileReply(FileStatus.Ok, (uint)bytes.Length, 0, 0, node);
    }

    /// <summary>
    /// Writes at a place in the file or at its end. If a chain that is linked would have to become longer, the answer is
    /// <see cref="FileStatus.MustCopy"/>, unless <paramref name="inPlace"/>.
    /// </summary>
    public FileReply Write(FileNode node, uint offset, ReadOnlySpan<byte> bytes, bool inPlace, long nowTicks)
    {
        Require(node);
        if (offset > node.LengthBytes)
        {
            throw new FileSystemException(FileStatus.BeyondEnd);
        }

        if ((uint)bytes.Length > MaximumLength - offset)
        {
            throw new FileSystemException(FileStatus.TooLarge);
        }

        uint end = Math.Max(offset + (uint)bytes.Length, node.LengthBytes);
        uint have = volume.Geometry.ClustersFor(node.LengthBytes);
        uint need = volume.Geometry.ClustersFor(end);
        node = node with { ModifiedTicks = nowTicks };
        if (need == have)
        {
            node = Transfer(node, offset, (uint)bytes.Length, default, bytes) with { LengthBytes = end };
            return new FileReply(FileStatus.Ok, (uint)bytes.Length, 0, 0, node);
        }

        if (node.FirstCluster == node.LinkedCluster && node.FirstCluster != 0)
        {
            return inPlace && have != 0
                ? WriteBehind(node, offset, bytes, need - have)
                : new FileReply(FileStatus.MustCopy, 0, 0, 0, node);
        }

        node = Lengthen(node, have, need);
        node = Transfer(node with { LengthBytes = end }, offset, (uint)bytes.Length, default, bytes);
        return new FileReply(FileStatus.Ok, (uint)bytes.Length, 0, 0, node);
    }

    /// <summary>
    /// Makes the file shorter. If that would cut a chain that is linked, but not all of it, the answer is
    /// <see cref="FileStatus.MustCopy"/>, unless <paramref name="inPlace"/>.
    /// </summary>
    public FileReply Shorten(FileNode node, uint length, bool inPlace, long nowTicks)
    {
        Require(node);
        if (length > node.LengthBytes)
        {
            throw new FileSystemException(FileStatus.BeyondEnd);
        }

        uint keep = volume.Geometry.ClustersFor(length);
        bool isLinked = node.FirstCluster == node.LinkedCluster;
        FileNode shorter = node with { LengthBytes = length, ModifiedTicks = nowTicks, CursorCluster = 0 };
        if (keep == volume.Geometry.ClustersFor(node.LengthBytes))
        {
            return new FileReply(FileStatus.Ok, 0, 0, 0, shorter);
        }

        if (keep == 0)
        {
            uint chain = isLinked ? 0 : node.FirstCluster;
            return new FileReply(FileStatus.Ok, 0, Release(chain), 0, shorter with { FirstCluster = 0 });
        }

        if (isLinked && !inPlace)
        {
            return new FileReply(FileStatus.MustCopy, 0, 0, 0, node);
        }

        if (isLinked)
        {
            // Too long a chain is better than one that is too short.
            shorter = WriteEntry(shorter);
            volume.Bytes.Order();
        }

        uint last = volume.Clusters.Skip(node.FirstCluster, keep - 1);
        return new FileReply(FileStatus.Ok, 0, CutBehind(last), 0, shorter);
    }

    /// <summary>
    /// Has the directory entry say what the content is. All of it is on its way to the medium before the entry, and the chain that
    /// the entry named before is released after it.
    /// </summary>
    public FileReply Link(FileNode node)
    {
        Require(node);
        if (node.IsRoot || node.IsDirectory)
        {
            throw new FileSystemException(FileStatus.IsADirectory);
        }

        uint released = 0;
        if (node.FirstCluster != node.LinkedCluster && node.FirstCluster != 0)
        {
            // An instance that died may have made the chain longer than anybody knows of.
            uint last = volume.Clusters.Skip(node.FirstCluster, volume.Geometry.ClustersFor(node.LengthBytes) - 1);
            released = CutBehind(last);
        }

        uint old = node.FirstCluster != node.LinkedCluster ? node.LinkedCluster : 0;
        volume.Bytes.Order();
        node = WriteEntry(node);
        volume.Bytes.Order();

        // Two chains at once happen only when an instance had died; the rest of the first is found when the volume is mounted next.
        return new FileReply(FileStatus.Ok, 0, old != 0 ? Release(old) : released, 0, node);
    }

    /// <summary>Writes the entry of a file as the node has it.</summary>
    public FileNode WriteEntry(FileNode node)
    {
        Span<byte> bytes = stackalloc byte[DirectoryEntry.Bytes];
        volume.Bytes.Read(node.EntryPosition, DirectoryEntry.Bytes).CopyTo(bytes);
        if (bytes[0] is DirectoryEntry.FreeMark or DirectoryEntry.EndMark
            || bytes[DirectoryEntry.AttributeOffset] == DirectoryEntry.LongNameAttributes)
        {
            throw new FileSystemException(FileStatus.Stale);
        }

        DirectoryEntry entry = new(bytes);
        entry.SetCluster(node.FirstCluster, volume.Geometry.FatBits);
        entry.LengthBytes = node.LengthBytes;
        entry.Flags = node.Flags;
        entry.CreatedTicks = node.CreatedTicks;
        entry.ModifiedTicks = node.ModifiedTicks;
        volume.Bytes.Write(node.EntryPosition, bytes);
        return node with { LinkedCluster = node.FirstCluster, LinkedLengthBytes = node.LengthBytes };
    }

    /// <summary>Releases a chain that no file uses. Returns what is left of it.</summary>
    public uint Release(uint chain) => chain == 0 ? 0 : volume.Clusters.Release(chain, ReleasedClustersPerCall);

    // The content and the new clusters first, then the link, then the length: between the last two the chain is too long.
    private FileReply WriteBehind(FileNode node, uint offset, ReadOnlySpan<byte> bytes, uint count)
    {
        uint clusterBytes = volume.Geometry.ClusterBytes;
        uint have = volume.Geometry.ClustersFor(node.LengthBytes);
        uint last = volume.Clusters.Skip(node.FirstCluster, have - 1);
        ulong capacity = (ulong)have * clusterBytes;
        if (volume.Clusters.Next(last) != 0)
        {
            // An instance that died has linked what it wrote, and perhaps its length too.
            node = Transfer(node, offset, (uint)bytes.Length, default, bytes);
            return new FileReply(FileStatus.Ok, (uint)bytes.Length, 0, 0, WriteEntry(node with { LengthBytes = offset + (uint)bytes.Length }));
        }

        int inside = offset < capacity ? (int)(capacity - offset) : 0;
        uint first = Append(0, count);
        FileNode behind = node with { FirstCluster = first, LengthBytes = (uint)(bytes.Length - inside), CursorCluster = 0 };
        Transfer(behind, 0, behind.LengthBytes, default, bytes[inside..]);
        volume.Clusters.Write();
        node = Transfer(node, offset, (uint)inside, default, bytes[..inside]);
        volume.Bytes.Order();
        volume.Clusters.Link(last, first);
        volume.Bytes.Order();
        node = WriteEntry(node with { LengthBytes = offset + (uint)bytes.Length });
        return new FileReply(FileStatus.Ok, (uint)bytes.Length, 0, 0, node);
    }

    private FileNode Lengthen(FileNode node, uint have, uint need)
    {
        uint last = have == 0 ? 0 : Seek(ref node, have - 1);
        uint first = last;
        while (have < need)
        {
            // An instance that died may have come further than anybody knows of.
            uint next = last == 0 ? 0 : volume.Clusters.Next(last);
            if (next == 0)
            {
                uint added = Append(last, need - have);
                volume.Clusters.Write();
                first = first == 0 ? added : first;
                break;
            }

            last = next;
            have++;
        }

        return node.FirstCluster == 0 ? node with { FirstCluster = first } : node;
    }

    // Behind the last cluster of a chain, or as a chain of its own. Returns the first that is new.
    private uint Append(uint last, uint count)
    {
        uint first = 0;
        for (; count != 0; count--)
        {
            uint cluster = volume.Clusters.Take(last);
            if (last != 0)
            {
                volume.Clusters.Join(last, cluster);
            }

            first = first == 0 ? cluster : first;
            last = cluster;
        }

        return first;
    }

    private uint CutBehind(uint last)
    {
        uint rest = volume.Clusters.Next(last);
        if (rest == 0)
        {
            return 0;
        }

        volume.Clusters.Cut(last);
        volume.Bytes.Order();
        return Release(rest);
    }

    private uint Seek(ref FileNode node, uint index)
    {
        bool isBehind = node.CursorCluster != 0 && node.CursorIndex <= index;
        uint cluster = isBehind
            ? volume.Clusters.Skip(node.CursorCluster, index - node.CursorIndex)
            : volume.Clusters.Skip(node.FirstCluster, index);
        node = node with { CursorIndex = index, CursorCluster = cluster };
        return cluster;
    }

    // One of the two spans is empty. Clusters that follow each other are one request.
    private FileNode Transfer(FileNode node, uint offset, uint length, Span<byte> read, ReadOnlySpan<byte> write)
    {
        uint clusterBytes = volume.Geometry.ClusterBytes;
        uint done = 0;
        while (done != length)
        {
            uint position = offset + done;
            uint cluster = Seek(ref node, position / clusterBytes);
            uint run = clusterBytes - (position % clusterBytes);
            uint last = cluster;
            while (run < length - done)
            {
                uint next = volume.Clusters.Next(last);
                if (next != last + 1)
                {
                    break;
                }

                last = next;
                run += clusterBytes;
            }

            uint count = Math.Min(run, length - done);
            ulong start = volume.Geometry.PositionOf(cluster) + (position % clusterBytes);
            if (read.IsEmpty)
            {
                volume.Bytes.WriteContent(start, write.Slice((int)done, (int)count));
            }
            else
            {
                volume.Bytes.ReadContent(start, read.Slice((int)done, (int)count));
            }

            done += count;
        }

        return node;
    }

    // Nodes come back from whoever holds files open, and are checked like everything that comes from outside.
    private void Require(FileNode node)
    {
        VolumeGeometry geometry = volume.Geometry;
        bool isSound = (node.FirstCluster == 0 ? node.LengthBytes == 0 : geometry.IsCluster(node.FirstCluster))
            && (node.LinkedCluster == 0 || geometry.IsCluster(node.LinkedCluster))
            && (node.CursorCluster == 0 || geometry.IsCluster(node.CursorCluster))
            && node.EntryPosition % DirectoryEntry.Bytes == 0
            && (node.IsRoot || (node.EntryPosition >= geometry.RootPosition && node.EntryPosition < volume.Bytes.Length));
        if (!isSound)
        {
            throw new FileSystemException(FileStatus.Damaged);
        }
    }
}
