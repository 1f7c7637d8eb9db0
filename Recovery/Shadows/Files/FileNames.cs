using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What is done to names. A call that has to be made again because its instance died may find that it was carried out: what is
/// there already, or already gone, is what was wanted then.
/// </summary>
internal sealed class FileNames(
    FileSystemSide fileSystem, OpenNodes nodes, FileContents contents, Func<long> utcTicks, FileShadowOptions options)
{
    private readonly KnownFiles _known = new();
    private readonly NameMemory _memory = new(nodes);

    public FileStatus Open(ReadOnlySpan<char> path, FileRequests requests, out OpenNode? open)
    {
        open = null;
        OpenNode? known = FindKnown(path);
        FileNode node = known?.Node ?? default;
        bool isOwnPath = false;
        FileStatus status = known is null ? Find(path, out node, out isOwnPath) : FileStatus.Ok;
        if (status == FileStatus.NotFound && (requests & FileRequests.Create) != 0)
        {
            status = Create(path, FileFlags.Archive, isNotThere: true, out node, out isOwnPath);
        }
        else if (status == FileStatus.Ok && (requests & FileRequests.OnlyNew) != 0)
        {
            status = FileStatus.AlreadyExists;
        }

        if (status != FileStatus.Ok)
        {
            return status;
        }

        bool isListed = (requests & FileRequests.List) != 0;
        bool isWritten = (requests & (FileRequests.Write | FileRequests.Truncate)) != 0;
        if (node.IsDirectory != isListed)
        {
            return isListed ? FileStatus.NotADirectory : FileStatus.IsADirectory;
        }

        if (isListed && isWritten)
        {
            // What is in a directory only the file system writes.
            return FileStatus.IsADirectory;
        }

        if (isWritten && (node.Flags & FileFlags.ReadOnly) != 0)
        {
            return FileStatus.ReadOnly;
        }

        open = nodes.Enter(known ?? _known.Find(node.EntryPosition) ?? new OpenNode(node));
        if (open is null)
        {
            return FileStatus.Unavailable;
        }

        if (isOwnPath)
        {
            _known.Add(path, open);
            open.Path = isListed ? PathHash.Of(path) : null;
        }

        if (isWritten)
        {
            _memory.NoteWriter(path, isOwnPath || known is not null);
        }

        if ((requests & FileRequests.Truncate) != 0)
        {
            status = contents.SetLength(open, 0);
            if (status != FileStatus.Ok)
            {
                nodes.Leave(open);
                open = null;
            }
        }

        return status;
    }

    /// <summary>The last one who has a file open leaves it, as it is now.</summary>
    public FileStatus Close(OpenNode open)
    {
        FileStatus status = open.Users == 1 ? contents.Link(open) : FileStatus.Ok;
        if (status != FileStatus.Ok)
        {
            _known.Forget(open.Node.EntryPosition);
        }

        nodes.Leave(open);
        return status;
    }

    public FileReply Describe(ReadOnlySpan<char> path)
    {
        if (FindKnown(path) is { } known)
        {
            return new FileReply(FileStatus.Ok, 0, 0, 0, known.Node);
        }

        FileStatus status = Find(path, out FileNode node, out _);
        return new FileReply(status, 0, 0, 0, contents.Current(node));
    }

    public FileStatus Create(ReadOnlySpan<char> path, FileFlags flags)
        => Create(path, flags, isNotThere: false, out _, out _);

    public FileReply ReadDirectory(OpenNode open, uint position, Span<char> name)
    {
        ReadDirectoryCall call = new(open, position, name, _memory.Listings);
        FileReply reply = fileSystem.Ask(ref call, null, out _);
        if (reply.Status == FileStatus.Ok && reply.Count != 0 && open.Path is { } path)
        {
            _memory.Synchronize(fileSystem.Instances);
            _memory.NoteListed(path, name[..(int)reply.Count], reply.Node);
        }

        return reply with { Node = contents.Current(reply.Node) };
    }

    private FileStatus Create(ReadOnlySpan<char> path, FileFlags flags, bool isNotThere, out FileNode node, out bool isOwnPath)
    {
        FileStatus status = CreateOnce(path, flags, isNotThere, out node, out isOwnPath);
        if (status != FileStatus.Ok || !isOwnPath || !fileSystem.IsWatchedClosely)
        {
            return status;
        }

        // What was made must be found. If it is not, and the next instance does not find it either, that one makes it.
        status = Find(path, out node, out isOwnPath);
        return status == FileStatus.NotFound ? CreateOnce(path, flags, isNotThere: true, out node, out isOwnPath) : status;
    }

    private FileStatus CreateOnce(ReadOnlySpan<char> path, FileFlags flags, bool isNotThere, out FileNode node, out bool isOwnPath)
    {
        CreateCall call = new(path, flags, utcTicks());
        FileReply reply = fileSystem.Ask(ref call, null, out bool wasRepeated, _memory.OfNew(path, isNotThere));
        node = reply.Node;
        isOwnPath = reply.Count == 1;
        _memory.NoteChange(path, reply.Status == FileStatus.Ok && isOwnPath);
        if (reply.Status == FileStatus.AlreadyExists && wasRepeated)
        {
            return Find(path, out node, out isOwnPath);
        }

        if (reply.Status == FileStatus.Ok)
        {
            _memory.Note(path, reply);
        }

        return reply.Status;
    }

    public FileStatus Remove(ReadOnlySpan<char> path)
    {
        FileStatus status = Find(path, out FileNode node, out bool isOwnPath);
        if (status != FileStatus.Ok)
        {
            return status;
        }

        if (nodes.Find(node.EntryPosition) is not null)
        {
            return FileStatus.InUse;
        }

        _known.Forget(node.EntryPosition);
        _memory.NoteChange(path, isOwnPath);
        RemoveCall call = new(path);
        FileReply reply = fileSystem.Ask(ref call, null, out bool wasRepeated, new PathKnowledge(IsThere: true, IsNotThere: false));
        if (reply.Status == FileStatus.Ok)
        {
            _memory.NoteMissing(path);
        }

        return reply.Status == FileStatus.NotFound && wasRepeated ? FileStatus.Ok : contents.Release(reply);
    }

    public FileStatus SetDescription(ReadOnlySpan<char> path, FileFlags flags, long createdTicks, long modifiedTicks)
    {
        FileStatus status = Find(path, out FileNode node, out _);
        if (status != FileStatus.Ok)
        {
            return status;
        }

        _known.Forget(node.EntryPosition);
        OpenNode? open = nodes.Find(node.EntryPosition);
        DescribeCall call = new(open?.Node ?? node, flags, createdTicks, modifiedTicks);
        if (open is not null)
        {
            // It may not be writable any more.
            open.PreparedAt = null;
        }

        return fileSystem.Ask(ref call, open, out _).Status;
    }

    public FileStatus Rename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool replaces)
    {
        ForgetNames();
        FileStatus status = Move(path, newPath, replaces);
        ForgetNames();
        return status;
    }

    private FileStatus Move(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool replaces)
    {
        FileStatus status = Find(path, out FileNode node, out _);
        if (status != FileStatus.Ok)
        {
            return status;
        }

        if (nodes.Find(node.EntryPosition) is not null)
        {
            return FileStatus.InUse;
        }

        FileStatus there = Find(newPath, out FileNode old, out _);
        if (there == FileStatus.Ok && old.EntryPosition != node.EntryPosition && replaces)
        {
            return Replace(path, node, newPath, old);
        }

        bool inPlace = node.LengthBytes > options.CopyLimitBytes;
        RenameCall call = new(path, newPath, node, inPlace);
        FileReply reply = fileSystem.Ask(
            ref call, null, out bool wasRepeated, _memory.OfNew(newPath, isNotThere: there == FileStatus.NotFound));
        if (reply.Status == FileStatus.MustCopy)
        {
            // Under its new name it is an empty file until the copy is complete.
            status = Create(newPath, FileFlags.Archive, isNotThere: false, out FileNode created, out _);
            return status == FileStatus.Ok ? MoveContent(path, node, created) : status;
        }

        if (wasRepeated && reply.Status is FileStatus.NotFound or FileStatus.AlreadyExists)
        {
            return FinishRename(path, newPath, reply.Status);
        }

        return contents.Release(reply);
    }

    private FileStatus Replace(ReadOnlySpan<char> path, FileNode node, ReadOnlySpan<char> newPath, FileNode old)
    {
        if (nodes.Find(old.EntryPosition) is not null)
        {
            return FileStatus.InUse;
        }

        if (node.IsDirectory || old.IsDirectory)
        {
            return old.IsDirectory ? FileStatus.IsADirectory : FileStatus.NotADirectory;
        }

        if ((old.Flags & FileFlags.ReadOnly) != 0)
        {
            return FileStatus.ReadOnly;
        }

        if (node.LengthBytes <= options.CopyLimitBytes)
        {
            // What had the name keeps it until the moment at which the other content has it.
            return MoveContent(path, node, old);
        }

        FileStatus status = Remove(newPath);
        return status == FileStatus.Ok ? Move(path, newPath, replaces: false) : status;
    }

    // Gives the entry of one file the content, attributes and times of another one, which is removed.
    private FileStatus MoveContent(ReadOnlySpan<char> path, FileNode source, FileNode target)
    {
        if (nodes.Enter(new OpenNode(target)) is not { } open)
        {
            return FileStatus.Unavailable;
        }

        FileNode copy = target with { FirstCluster = 0, LengthBytes = 0, CursorCluster = 0, ModifiedTicks = source.ModifiedTicks };
        FileStatus status = contents.Copy(source, open, copy, source.LengthBytes);
        if (status == FileStatus.Ok)
        {
            nodes.AdoptCopy(open);
            nodes.Update(open, open.Node with { Flags = source.Flags, CreatedTicks = source.CreatedTicks });
            status = contents.Link(open);
        }

        nodes.Leave(open);
        return status == FileStatus.Ok ? RemoveSource(path, source) : status;
    }

    private FileStatus RemoveSource(ReadOnlySpan<char> path, FileNode source)
    {
        if ((source.Flags & FileFlags.ReadOnly) != 0)
        {
            SetDescription(path, source.Flags & ~FileFlags.ReadOnly, source.CreatedTicks, source.ModifiedTicks);
        }

        return Remove(path);
    }

    // An empty file had both names when the instance died, or it has the new one only.
    private FileStatus FinishRename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, FileStatus status)
    {
        if (Find(newPath, out _, out _) != FileStatus.Ok)
        {
            return status;
        }

        FileStatus old = Remove(path);
        return old == FileStatus.NotFound ? FileStatus.Ok : old;
    }

    private OpenNode? FindKnown(ReadOnlySpan<char> path)
    {
        _known.Synchronize(fileSystem.Instances);
        return _known.Find(path);
    }

    private FileStatus Find(ReadOnlySpan<char> path, out FileNode node, out bool isOwnPath)
    {
        _memory.Synchronize(fileSystem.Instances);
        FindCall call = new(path);
        FileReply reply = fileSystem.Ask(ref call, null, out _, _memory.OfOld(path));
        node = reply.Node;
        isOwnPath = reply.Count == 1;
        _memory.Note(path, reply);
        return reply.Status;
    }

    private void ForgetNames()
    {
        _known.Clear();
        _memory.Clear();
    }
}
