using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Gives files and directories other names and places. The new entry and the end of the old one are one write if both are in one
/// sector. Else an empty file has both names for a moment; a file with content is copied by the caller; and a directory, or a file
/// too large for that, goes by way of a <see cref="PreparedMove"/>.
/// </summary>
internal sealed class Renaming(VolumeAccess volume, PathWalker paths)
{
    public FileReply Rename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool inPlace)
    {
        if (path.Trim('/').IsEmpty || newPath.Trim('/').IsEmpty)
        {
            throw new FileSystemException(FileStatus.NotSupported);
        }

        DirectoryEditor from = paths.OpenParent(path, out ReadOnlySpan<char> name);
        FoundEntry found = from.Find(name) ?? throw new FileSystemException(FileStatus.NotFound);
        DirectoryEditor to = paths.OpenParent(newPath, out ReadOnlySpan<char> newName);
        if (!FileNameRule.Allows(newName))
        {
            throw new FileSystemException(FileStatus.BadName);
        }

        bool staysInPlace = from.FirstCluster == to.FirstCluster;
        if (to.IsTaken(newName, staysInPlace ? found.Node.EntryPosition : 0))
        {
            throw new FileSystemException(FileStatus.AlreadyExists);
        }

        if (found.Node.IsDirectory && !staysInPlace)
        {
            RequireNoLoop(found.Node, newPath);
        }

        byte[] slots = to.MakeSlots(newName, staysInPlace ? found.Node.EntryPosition : 0);
        CopyFields(found.Node.EntryPosition, slots);
        if (staysInPlace && from.TryReplace(found.Slots, slots, out ulong position))
        {
            return Done(found.Node, position);
        }

        // Both entries may be there for a moment: not with one short name.
        slots = to.MakeSlots(newName);
        CopyFields(found.Node.EntryPosition, slots);
        if (!found.Node.IsDirectory && found.Node.FirstCluster == 0)
        {
            ulong copy = to.Insert(slots);
            from.Remove(found.Slots);
            return Done(found.Node, copy);
        }

        return found.Node.IsDirectory || inPlace
            ? Done(found.Node, Move(from, found, to, slots))
            : new FileReply(FileStatus.MustCopy, 0, 0, 0, found.Node);
    }

    private static FileReply Done(FileNode node, ulong position)
        => new(FileStatus.Ok, 0, 0, 0, node with { EntryPosition = position });

    private ulong Move(DirectoryEditor from, FoundEntry found, DirectoryEditor to, byte[] slots)
    {
        byte[] prepared = PreparedMove.Prepare(slots);
        ulong position = to.Insert(prepared);
        from.Remove(found.Slots);
        if (found.Node.IsDirectory && from.FirstCluster != to.FirstCluster)
        {
            SetParent(volume, found.Node.FirstCluster, to.FirstCluster);
            volume.Bytes.Order();
        }

        volume.Bytes.Write(position + DirectoryEntry.Bytes - (uint)slots.Length, PreparedMove.Revive(prepared));
        volume.Bytes.Order();
        return position;
    }

    /// <summary>Says in a directory which one it is in.</summary>
    public static void SetParent(VolumeAccess volume, uint directory, uint parent)
    {
        ulong position = volume.Geometry.PositionOf(directory) + DirectoryClusters.ParentOffset;
        Span<byte> bytes = stackalloc byte[DirectoryEntry.Bytes];
        volume.Bytes.Read(position, DirectoryEntry.Bytes).CopyTo(bytes);
        new DirectoryEntry(bytes).SetCluster(parent, volume.Geometry.FatBits);
        volume.Bytes.Write(position, bytes);
    }

    // All but the name and the bits that say in which case it is meant.
    private void CopyFields(ulong oldEntry, byte[] slots)
    {
        const int Fields = 13;
        Span<byte> entry = slots.AsSpan(slots.Length - DirectoryEntry.Bytes);
        ReadOnlySpan<byte> old = volume.Bytes.Read(oldEntry, DirectoryEntry.Bytes);
        old[Fields..].CopyTo(entry[Fields..]);
        entry[DirectoryEntry.AttributeOffset] = old[DirectoryEntry.AttributeOffset];
    }

    private void RequireNoLoop(FileNode directory, ReadOnlySpan<char> newPath)
    {
        ReadOnlySpan<char> rest = newPath;
        for (int slash = rest.LastIndexOf('/'); slash > 0; slash = rest.LastIndexOf('/'))
        {
            rest = rest[..slash];
            if (!rest.Trim('/').IsEmpty && paths.Find(rest).EntryPosition == directory.EntryPosition)
            {
                throw new FileSystemException(FileStatus.WouldLoop);
            }
        }
    }
}
