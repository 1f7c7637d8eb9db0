using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Finds and makes the room for the content of files. A file gets longer or shorter in a chain that nothing points at, and gets that chain and
/// its new length by one write of its directory entry (<see cref="Link"/>).
/// </summary>
internal sealed class FileContent(VolumeAccess volume)
{
    // A call of the kernel's must not last long.
    private const uint ReleasedClustersPerCall = 4096;
    private const uint LocatedClustersPerCall = 65_536;
    private const uint SoughtClustersPerCall = 16_384;

    /// <summary>No file can be longer.</summary>
    public const uint MaximumLength = uint.MaxValue;

    /// <summary>Tells where the content is from a place in the file on.</summary>
    public FileReply Locate(FileNode node, uint offset, Span<FileRun> runs)
    {
        Require(node);
        return offset < node.LengthBytes
            ? Tell(node, offset, volume.Geometry.ClustersFor(node.LengthBytes), runs)
            : throw new FileSystemException(FileStatus.BeyondEnd);
    }

    /// <summary>
    /// Makes room at a place in the file or at its end, and tells where that is. If a chain that is linked would have to become
    /// longer, the answer is <see cref="FileStatus.MustCopy"/>.
    /// </summary>
    public FileReply Prepare(FileNode node, uint offset, uint length, Span<FileRun> runs)
    {
        uint end = RequireEnd(node, offset, length);
        uint have = volume.Geometry.ClustersFor(node.LengthBytes);
        uint need = volume.Geometry.ClustersFor(end);
        if (need > have)
        {
            if (IsLinked(node))
            {
                return new FileReply(FileStatus.MustCopy, 0, 0, 0, node);
            }

            node = Lengthen(node, offset, have, need);
        }

        FileReply reply = Tell(node, offset, need, runs);
        foreach (FileRun run in runs[..(int)reply.Count])
        {
            volume.Bytes.Forget(run.Position, run.LengthBytes);
        }

        return reply;
    }

    /// <summary>Writes at a place in the file or at its end what makes a chain longer that is linked.</summary>
    public FileReply Append(FileNode node, uint offset, ReadOnlySpan<byte> bytes, long nowTicks)
    {
        uint have = volume.Geometry.ClustersFor(node.LengthBytes);
        uint need = volume.Geometry.ClustersFor(RequireEnd(node, offset, (uint)bytes.Length));
        if (need <= have || !IsLinked(node))
        {
            throw new FileSystemException(FileStatus.NotSupported);
        }

        uint last = FindLast(ref node, offset, have);
        return WriteBehind(node with { ModifiedTicks = nowTicks }, last, offset, bytes, need - have);
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

        uint last = Seek(ref node, keep - 1);
        if (isLinked)
        {
            // Too long a chain is better than one that is too short.
            shorter = WriteEntry(shorter);
            volume.Bytes.Order();
        }

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
        if (node.LengthBytes == 0)
        {
            // Room that was made and not used.
            released = node.FirstCluster != node.LinkedCluster ? Release(node.FirstCluster) : 0;
            node = node with { FirstCluster = 0, CursorCluster = 0 };
        }
        else if (node.FirstCluster != node.LinkedCluster)
        {
            // An instance that died may have made the chain longer than anybody knows of.
            released = CutBehind(Seek(ref node, volume.Geometry.ClustersFor(node.LengthBytes) - 1));
        }

        uint old = node.FirstCluster != node.LinkedCluster ? node.LinkedCluster : 0;
        node = WriteEntry(node, isLate: true);
        if (old == 0)
        {
            return new FileReply(FileStatus.Ok, 0, released, 0, node);
        }

        // Two chains at once happen only when an instance had died; the rest of the first is found when the volume is mounted next.
        volume.Bytes.Order();
        return new FileReply(FileStatus.Ok, 0, Release(old), 0, node);
    }

    /// <summary>Writes the entry of a file as the node has it, be it after all that was written so far.</summary>
    public FileNode WriteEntry(FileNode node, bool isLate = false)
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
        if (isLate)
        {
            volume.Bytes.WriteLate(node.EntryPosition, bytes);
        }
        else
        {
            volume.Bytes.Write(node.EntryPosition, bytes);
        }

        // The entry's times are coarser.
        return node with
        {
            LinkedCluster = node.FirstCluster,
            LinkedLengthBytes = node.LengthBytes,
            CreatedTicks = entry.CreatedTicks,
            ModifiedTicks = entry.ModifiedTicks,
        };
    }

    /// <summary>Releases a chain that no file uses. Returns what is left of it.</summary>
    public uint Release(uint chain) => chain == 0 ? 0 : volume.Clusters.Release(chain, ReleasedClustersPerCall);

    // The content and the new clusters first, then the link, then the length: between the last two the chain is too long.
    private FileReply WriteBehind(FileNode node, uint last, uint offset, ReadOnlySpan<byte> bytes, uint count)
    {
        ulong capacity = (ulong)volume.Geometry.ClustersFor(node.LengthBytes) * volume.Geometry.ClusterBytes;
        if (volume.Clusters.Next(last) != 0)
        {
            // An instance that died has linked what it wrote, and perhaps its length too.
            node = Write(node, offset, bytes);
            return new FileReply(FileStatus.Ok, (uint)bytes.Length, 0, 0, WriteEntry(node with { LengthBytes = offset + (uint)bytes.Length }));
        }

        int inside = offset < capacity ? (int)(capacity - offset) : 0;
        uint first = Append(0, count);
        FileNode behind = node with { FirstCluster = first, LengthBytes = (uint)(bytes.Length - inside), CursorCluster = 0 };
        Write(behind, 0, bytes[inside..]);
        volume.Clusters.Write();
        node = Write(node, offset, bytes[..inside]);
        volume.Bytes.Order();
        volume.Clusters.Link(last, first);
        volume.Bytes.Order();
        node = WriteEntry(node with { LengthBytes = offset + (uint)bytes.Length });
        return new FileReply(FileStatus.Ok, (uint)bytes.Length, 0, 0, node);
    }

    private FileNode Lengthen(FileNode node, uint offset, uint have, uint need)
    {
        // It may have room already, though no content.
        have = node.FirstCluster == 0 ? 0 : Math.Max(have, 1);
        uint last = have == 0 ? 0 : FindLast(ref node, offset, have);
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

    // The last of so many clusters. The cursor stays at the place that is about to be told or written, from which it is not far to the end:
    // to go back there would take as long as to come here.
    private uint FindLast(ref FileNode node, uint offset, uint count)
    {
        uint cluster = Seek(ref node, Math.Min(offset / volume.Geometry.ClusterBytes, count - 1));
        return volume.Clusters.Skip(cluster, count - 1 - node.CursorIndex);
    }

    // Nothing may have been changed yet: it may be that the place is only found when the call is made again.
    private uint Seek(ref FileNode node, uint index)
    {
        bool isBehind = node.CursorCluster != 0 && node.CursorIndex <= index;
        uint start = isBehind ? node.CursorIndex : 0;
        uint count = Math.Min(index - start, SoughtClustersPerCall);
        uint cluster = volume.Clusters.Skip(isBehind ? node.CursorCluster : node.FirstCluster, count);
        node = node with { CursorIndex = start + count, CursorCluster = cluster };
        return node.CursorIndex == index ? cluster : throw new FileSystemException(FileStatus.Unfinished, node);
    }

    // Clusters that follow each other are one run. What is behind a place where the chain is damaged is not told of.
    private FileReply Tell(FileNode node, uint offset, uint clusterCount, Span<FileRun> runs)
    {
        uint clusterBytes = volume.Geometry.ClusterBytes;
        uint index = offset / clusterBytes;
        uint limit = Math.Min(clusterCount, index + LocatedClustersPerCall);
        uint cluster = Seek(ref node, index);
        uint first = cluster;
        ulong start = offset;
        int count = 0;
        while (true)
        {
            uint next = ++index < limit ? volume.Clusters.Follow(cluster) : 0;
            if (next == cluster + 1)
            {
                cluster = next;
                continue;
            }

            // The last cluster of the longest file reaches beyond what a length can say.
            ulong end = Math.Min((ulong)index * clusterBytes, MaximumLength);
            runs[count++] = new FileRun(
                volume.Geometry.PositionOf(first) + (start % clusterBytes), (uint)start, (uint)(end - start));
            if (next == 0 || count == runs.Length)
            {
                return new FileReply(FileStatus.Ok, (uint)count, 0, 0, node);
            }

            first = next;
            cluster = next;
            start = end;
        }
    }

    // Clusters that follow each other are one request.
    private FileNode Write(FileNode node, uint offset, ReadOnlySpan<byte> bytes)
    {
        Span<FileRun> runs = stackalloc FileRun[FileLimits.Runs];
        while (!bytes.IsEmpty)
        {
            uint clusterCount = volume.Geometry.ClustersFor(offset + (uint)bytes.Length);
            FileReply reply = Tell(node, offset, clusterCount, runs);
            node = reply.Node;
            foreach (FileRun run in runs[..(int)reply.Count])
            {
                int count = (int)Math.Min(run.LengthBytes, (uint)bytes.Length);
                volume.Bytes.WriteContent(run.Position, bytes[..count]);
                bytes = bytes[count..];
                offset += (uint)count;
            }
        }

        return node;
    }

    private static bool IsLinked(FileNode node) => node.FirstCluster == node.LinkedCluster && node.FirstCluster != 0;

    // Where the file would end.
    private uint RequireEnd(FileNode node, uint offset, uint length)
    {
        Require(node);
        if (offset > node.LengthBytes || length == 0)
        {
            throw new FileSystemException(FileStatus.BeyondEnd);
        }

        return length <= MaximumLength - offset
            ? Math.Max(offset + length, node.LengthBytes)
            : throw new FileSystemException(FileStatus.TooLarge);
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
