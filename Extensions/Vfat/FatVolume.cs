using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// A mounted FAT volume. Between its calls it holds nothing but what it can read again, and every change leaves the medium in
/// order after each of its writes. Calls throw <see cref="FileSystemException"/>.
/// </summary>
internal sealed class FatVolume
{
    private readonly VolumeAccess _volume;
    private readonly VolumeState _state;
    private readonly PathWalker _paths;
    private readonly FileContent _content;
    private readonly Renaming _renaming;

    private FatVolume(VolumeAccess volume)
    {
        _volume = volume;
        _state = new VolumeState(volume);
        _paths = new PathWalker(volume);
        _content = new FileContent(volume);
        _renaming = new Renaming(volume, _paths);
    }

    /// <summary>What the volume is like.</summary>
    public FileSystemDescription Description => new(
        _volume.Geometry.FatBits,
        _volume.Geometry.ClusterBytes,
        _volume.Geometry.ClusterCount,
        _volume.Clusters.FreeCount,
        _volume.Geometry.SerialNumber,
        _state.IsReadOnly,
        _state.IsDamaged,
        _state.IsDirty);

    /// <summary>
    /// Mounts a volume. If it was not put to rest, what a cut has left is put in order: copies of the table are made equal, moves
    /// are completed, and clusters that belong to no file and to none of the open chains are freed.
    /// </summary>
    public static FatVolume Mount(IBlockVolume blocks, ReadOnlySpan<uint> openChains)
    {
        VolumeBytes bytes = new(blocks);
        if (bytes.Length < BootSector.Bytes
            || !BootSector.TryParse(bytes.Read(0, BootSector.Bytes), bytes.Length, out VolumeGeometry geometry))
        {
            throw new FileSystemException(FileStatus.NotFat);
        }

        FatVolume mounted = new(new VolumeAccess(bytes, geometry, new ClusterStore(bytes, geometry)));
        if (mounted._state is { IsDirty: true, IsReadOnly: false })
        {
            mounted._state.IsDamaged = !new MountRepair(mounted._volume).TryRepair(openChains);
        }

        return mounted;
    }

    /// <summary>Finds a file or directory; see <see cref="IFileSystem.Find"/>.</summary>
    public FileReply Find(ReadOnlySpan<char> path) => Found(_paths.Find(path, out bool isOwnPath), isOwnPath);

    /// <summary>Makes an empty file or directory.</summary>
    public FileReply Create(ReadOnlySpan<char> path, FileFlags flags, long nowTicks)
    {
        _state.BeginChange();
        if (path.Trim('/').IsEmpty)
        {
            throw new FileSystemException(FileStatus.AlreadyExists);
        }

        DirectoryEditor directory = _paths.OpenParent(path, out ReadOnlySpan<char> name, out bool isOwnPath);
        if (!FileNameRule.Allows(name))
        {
            throw new FileSystemException(FileStatus.BadName);
        }

        if (directory.IsTaken(name))
        {
            throw new FileSystemException(FileStatus.AlreadyExists);
        }

        byte[] slots = directory.MakeSlots(name);
        DirectoryEntry entry = new(slots.AsSpan(slots.Length - DirectoryEntry.Bytes));
        entry.Flags = flags;
        entry.CreatedTicks = nowTicks;
        entry.ModifiedTicks = nowTicks;

        // Room for the entry first: if there is none, nothing else was taken.
        SlotPlace place = directory.FindPlace(slots);
        if ((flags & FileFlags.Directory) != 0)
        {
            uint cluster = _volume.Clusters.Take(0);
            DirectoryClusters.Initialize(_volume, cluster, directory.FirstCluster, nowTicks);
            entry.SetCluster(cluster, _volume.Geometry.FatBits);
            _volume.Clusters.Write();
            _volume.Bytes.Order();
        }

        return Found(NodeAt(directory.Insert(slots, place)), isOwnPath);
    }

    /// <summary>Reads the entry of a directory that is at a slot or behind it. The count is the length of the name, 0 at the end.</summary>
    public FileReply ReadDirectory(FileNode node, uint index, Span<char> name)
    {
        DirectoryReader reader = new(_volume, _paths.RequireDirectory(node), index);
        if (!reader.TryNext())
        {
            return new FileReply(FileStatus.Ok, 0, 0, index, node);
        }

        reader.Name.CopyTo(name);
        return new FileReply(FileStatus.Ok, (uint)reader.Name.Length, 0, reader.NextIndex, reader.Node);
    }

    /// <summary>Tells where content is; see <see cref="FileContent.Locate"/>.</summary>
    public FileReply Locate(FileNode node, uint offset, Span<FileRun> runs) => _content.Locate(RequireFile(node), offset, runs);

    /// <summary>Makes room for content; see <see cref="FileContent.Prepare"/>.</summary>
    public FileReply Prepare(FileNode node, uint offset, uint length, Span<FileRun> runs)
    {
        RequireWritable(node);
        return _content.Prepare(node, offset, length, runs);
    }

    /// <summary>Writes content that makes a linked chain longer; see <see cref="FileContent.Append"/>.</summary>
    public FileReply Append(FileNode node, uint offset, ReadOnlySpan<byte> bytes, long nowTicks)
    {
        RequireWritable(node);
        return _content.Append(node, offset, bytes, nowTicks);
    }

    /// <summary>Makes a file shorter; see <see cref="FileContent.Shorten"/>.</summary>
    public FileReply Shorten(FileNode node, uint length, bool inPlace, long nowTicks)
    {
        RequireWritable(node);
        return _content.Shorten(node, length, inPlace, nowTicks);
    }

    /// <summary>Has the directory entry say what the content is; see <see cref="FileContent.Link"/>.</summary>
    public FileReply Link(FileNode node)
    {
        _state.BeginChange();
        return _content.Link(RequireFile(node));
    }

    /// <summary>Sets attributes and times.</summary>
    public FileNode Describe(FileNode node, FileFlags flags, long createdTicks, long modifiedTicks)
    {
        _state.BeginChange();
        if (node.IsRoot)
        {
            throw new FileSystemException(FileStatus.NotSupported);
        }

        // What is not linked yet must not be by this.
        FileFlags kept = (flags & ~FileFlags.Directory) | (node.Flags & FileFlags.Directory);
        FileNode onMedium = NodeAt(node.EntryPosition) with { Flags = kept, CreatedTicks = createdTicks, ModifiedTicks = modifiedTicks };
        _content.WriteEntry(onMedium);
        _volume.Bytes.Order();
        return node with { Flags = kept, CreatedTicks = createdTicks, ModifiedTicks = modifiedTicks };
    }

    /// <summary>Removes a file or an empty directory. Returns what is left of its chain, which is to be released.</summary>
    public uint Remove(ReadOnlySpan<char> path)
    {
        DirectoryEditor directory = _paths.OpenParent(path, out ReadOnlySpan<char> name);
        FoundEntry found = directory.Find(name) ?? throw new FileSystemException(FileStatus.NotFound);
        _state.BeginChange();
        if (!found.Node.IsDirectory)
        {
            RequireWritable(found.Node);
        }
        else if (!new DirectoryEditor(_volume, _paths.RequireDirectory(found.Node)).IsEmpty())
        {
            throw new FileSystemException(FileStatus.DirectoryNotEmpty);
        }

        // What it held may have another entry by now, which has to be there before this one goes.
        _volume.Bytes.OrderLate();
        directory.Remove(found.Slots);
        return _content.Release(found.Node.FirstCluster);
    }

    /// <summary>
    /// Gives a file or directory another name or place, where nothing has that name. The answer is
    /// <see cref="FileStatus.MustCopy"/> if one write cannot do that and it is a file, unless <paramref name="inPlace"/>.
    /// </summary>
    public FileReply Rename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool inPlace)
    {
        _state.BeginChange();

        // What is moved is on the medium before anything says where it is now.
        _volume.Bytes.Order();
        return _renaming.Rename(path, newPath, inPlace);
    }

    /// <summary>Takes back what a call that failed had begun: clusters for something that did not come to be.</summary>
    public void Discard() => _volume.Clusters.Discard();

    /// <summary>Releases more of a chain that no file uses. Returns what is left of it.</summary>
    public uint Release(uint chain)
    {
        _state.BeginChange();
        return _content.Release(chain);
    }

    /// <summary>
    /// Waits until everything is on the medium. Unless something is open that nothing on the medium points at, the volume is then
    /// marked as put to rest.
    /// </summary>
    public void Flush(bool hasOpenChains)
    {
        if (!hasOpenChains)
        {
            _state.Rest();
        }

        _volume.Bytes.Flush();
    }

    /// <summary>Reads the label. Returns its length.</summary>
    public int ReadLabel(Span<char> label) => new VolumeLabel(_volume).Read(label);

    /// <summary>Changes the label.</summary>
    public void WriteLabel(ReadOnlySpan<char> label, long nowTicks)
    {
        _state.BeginChange();
        new VolumeLabel(_volume).Write(label, nowTicks);
    }

    private static FileReply Found(FileNode node, bool isOwnPath) => new(FileStatus.Ok, isOwnPath ? 1u : 0, 0, 0, node);

    private FileNode NodeAt(ulong position)
    {
        Span<byte> entry = stackalloc byte[DirectoryEntry.Bytes];
        _volume.Bytes.Read(position, DirectoryEntry.Bytes).CopyTo(entry);
        return DirectoryReader.NodeOf(entry, position, _volume.Geometry);
    }

    private static FileNode RequireFile(FileNode node)
        => node.IsDirectory ? throw new FileSystemException(FileStatus.IsADirectory) : node;

    private void RequireWritable(FileNode node)
    {
        RequireFile(node);
        if ((node.Flags & FileFlags.ReadOnly) != 0)
        {
            throw new FileSystemException(FileStatus.ReadOnly);
        }

        _state.BeginChange();
    }
}
