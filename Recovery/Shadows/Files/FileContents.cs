using System;
using System.Numerics;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What is done to the content of open files: the file system says where it is, and it is read and written there. Where one write
/// cannot change what a file is, its content is copied, piece by piece: each piece can be copied again.
/// </summary>
internal sealed class FileContents(FileSystemSide fileSystem, OpenNodes nodes, Func<long> utcTicks, FileShadowOptions options)
{
    private readonly byte[] _piece = new byte[FileLimits.TransferBytes];

    private (ulong Rests, uint Instances) Now => (nodes.Rests, fileSystem.Instances);

    /// <summary>A file as it is if somebody has it open, and as the medium has it if not.</summary>
    public FileNode Current(FileNode node) => nodes.Find(node.EntryPosition)?.Node ?? node;

    public FileReply Read(OpenNode open, ulong offset, Span<byte> bytes)
    {
        if (offset >= open.Node.LengthBytes)
        {
            return new FileReply(open.Node.IsDirectory ? FileStatus.IsADirectory : FileStatus.Ok, 0, 0, 0, open.Node);
        }

        bytes = bytes[..(int)Math.Min((uint)bytes.Length, open.Node.LengthBytes - offset)];
        FileStatus status = FileStatus.Ok;
        int done = 0;
        while (done < bytes.Length && status == FileStatus.Ok)
        {
            Synchronize(open);
            uint position = (uint)offset + (uint)done;
            if (!open.Map.TryFind(position, out FileRun run))
            {
                status = Locate(open, position);
                continue;
            }

            int count = (int)Math.Min(run.LengthBytes, (uint)(bytes.Length - done));
            status = StatusOf(fileSystem.Content?.ReadBytes(run.Position, bytes.Slice(done, count)));
            done += status == FileStatus.Ok ? count : 0;
        }

        // What comes before a place that cannot be read is as good as it ever was.
        return new FileReply(done != 0 ? FileStatus.Ok : status, (uint)done, 0, 0, open.Node);
    }

    public FileReply Write(OpenNode open, ulong offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return new FileReply(FileStatus.Ok, 0, 0, 0, open.Node);
        }

        if (offset + (uint)bytes.Length > uint.MaxValue)
        {
            return new FileReply(FileStatus.TooLarge, 0, 0, 0, open.Node);
        }

        FileStatus status = offset > open.Node.LengthBytes ? Lengthen(open, (uint)offset) : FileStatus.Ok;
        status = status == FileStatus.Ok ? WriteInside(open, (uint)offset, bytes) : status;
        return new FileReply(status, status == FileStatus.Ok ? (uint)bytes.Length : 0, 0, 0, open.Node);
    }

    public FileStatus SetLength(OpenNode open, ulong length)
    {
        if (length > uint.MaxValue)
        {
            return FileStatus.TooLarge;
        }

        return length >= open.Node.LengthBytes ? Lengthen(open, (uint)length) : Shorten(open, (uint)length);
    }

    public FileStatus Link(OpenNode open)
    {
        if (!open.Node.IsPending)
        {
            return FileStatus.Ok;
        }

        // Room behind the end does not outlive this.
        open.Map.CutAt(open.Node.LengthBytes);
        LinkCall call = new(open.Node);
        return Release(fileSystem.Ask(ref call, open, out _));
    }

    public FileStatus LinkAll()
    {
        FileStatus first = FileStatus.Ok;
        foreach (OpenNode open in nodes.Copy())
        {
            FileStatus status = Link(open);
            first = first == FileStatus.Ok ? status : first;
        }

        return first;
    }

    public FileStatus FlushAll()
    {
        bool hasOpenChains = nodes.HasOpenChains;
        FlushCall call = new(hasOpenChains);
        nodes.Rests++;
        return fileSystem.Ask(ref call, null, out _).Status;
    }

    /// <summary>Releases a chain to its end.</summary>
    public FileStatus Release(FileReply reply)
    {
        uint before = 0;
        for (uint calls = 1; reply.Status == FileStatus.Ok && reply.ReleasedChain != 0; calls++)
        {
            // What it is compared with is replaced ever more seldom: so a circle is found, however long it is.
            uint chain = reply.ReleasedChain;
            ReleaseCall call = new(chain, before);
            before = BitOperations.IsPow2(calls) ? chain : before;
            reply = fileSystem.Ask(ref call, null, out _);
        }

        return reply.Status;
    }

    /// <summary>Copies the beginning of a file to a chain that nothing points at, which the open node has as its copy then.</summary>
    public FileStatus Copy(FileNode from, OpenNode target, FileNode to, uint length)
    {
        OpenNode source = new(from);
        OpenNode copy = new(to);
        nodes.SetCopy(target, copy);
        FileStatus status = FileStatus.Ok;
        for (uint done = 0; done < length && status == FileStatus.Ok; done = copy.Node.LengthBytes)
        {
            Span<byte> piece = _piece.AsSpan(0, (int)Math.Min((uint)_piece.Length, length - done));
            FileReply reply = Read(source, done, piece);
            bool isWhole = reply.Status == FileStatus.Ok && reply.Count == (uint)piece.Length;
            status = isWhole ? WriteInside(copy, done, piece)
                : reply.Status == FileStatus.Ok ? FileStatus.Damaged
                : reply.Status;
        }

        if (status != FileStatus.Ok)
        {
            nodes.SetCopy(target, null);
            Release(new FileReply(FileStatus.Ok, 0, copy.Node.FirstCluster, 0, copy.Node));
            return status;
        }

        nodes.Update(copy, copy.Node with { ModifiedTicks = to.ModifiedTicks });
        return FileStatus.Ok;
    }

    private static FileStatus StatusOf(CallStatus? status) => status switch
    {
        CallStatus.Ok => FileStatus.Ok,
        CallStatus.NotSupported => FileStatus.ReadOnly,
        null => FileStatus.NotMounted,
        _ => FileStatus.DeviceError,
    };

    // What an instance has told of places in files may be why it had to be replaced.
    private void Synchronize(OpenNode open)
    {
        if (open.PlacesToldBy != fileSystem.Instances)
        {
            open.PlacesToldBy = fileSystem.Instances;
            nodes.ForgetPlaces(open);
        }
    }

    private FileStatus Locate(OpenNode open, uint offset)
    {
        if (fileSystem.Content is not { } content)
        {
            return FileStatus.NotMounted;
        }

        Span<FileRun> runs = stackalloc FileRun[FileLimits.Runs];
        LocateCall call = new(open.Node, offset, content.LengthBytes, runs);
        return TakeRuns(open, fileSystem.Ask(ref call, open, out _), runs);
    }

    private FileStatus Prepare(OpenNode open, uint offset, uint length)
    {
        if (fileSystem.Content is not { } content)
        {
            return FileStatus.NotMounted;
        }

        // Who writes a long file one piece after the other is given room for more than one piece.
        bool grows = offset == open.Node.LengthBytes && open.Node.FirstCluster != open.Node.LinkedCluster;
        uint ahead = grows ? Math.Min(open.Node.LengthBytes, options.AheadBytes) : 0;
        ahead = Math.Min(ahead, uint.MaxValue - offset - length);
        Span<FileRun> runs = stackalloc FileRun[FileLimits.Runs];
        PrepareCall call = new(open.Node, offset, length + ahead, content.LengthBytes, runs);
        FileReply reply = fileSystem.Ask(ref call, open, out _);
        if (ahead != 0 && reply.Status == FileStatus.NoSpace)
        {
            call = new PrepareCall(open.Node, offset, length, content.LengthBytes, runs);
            reply = fileSystem.Ask(ref call, open, out _);
        }

        open.PreparedAt = reply.Status == FileStatus.Ok ? Now : open.PreparedAt;
        return TakeRuns(open, reply, runs);
    }

    private static FileStatus TakeRuns(OpenNode open, FileReply reply, ReadOnlySpan<FileRun> runs)
    {
        if (reply.Status == FileStatus.Ok)
        {
            open.Map.Take(runs[..(int)reply.Count]);
        }

        return reply.Status;
    }

    private FileStatus WriteInside(OpenNode open, uint offset, ReadOnlySpan<byte> bytes)
    {
        long nowTicks = utcTicks();
        while (!bytes.IsEmpty)
        {
            Synchronize(open);
            if (open.PreparedAt != Now || !open.Map.TryFind(offset, out FileRun run))
            {
                FileStatus prepared = Prepare(open, offset, (uint)bytes.Length);
                if (prepared == FileStatus.MustCopy)
                {
                    if (open.Node.LengthBytes > options.CopyLimitBytes)
                    {
                        return Append(open, offset, bytes, nowTicks);
                    }

                    prepared = CopyBeginning(open, open.Node.LengthBytes);
                }

                if (prepared != FileStatus.Ok)
                {
                    return prepared;
                }

                continue;
            }

            int count = (int)Math.Min(run.LengthBytes, (uint)bytes.Length);
            FileStatus status = StatusOf(fileSystem.Content?.WriteBytes(run.Position, bytes[..count]));
            if (status != FileStatus.Ok)
            {
                return status;
            }

            bytes = bytes[count..];
            offset += (uint)count;
            nodes.Update(
                open, open.Node with { LengthBytes = Math.Max(open.Node.LengthBytes, offset), ModifiedTicks = nowTicks });
        }

        return FileStatus.Ok;
    }

    private FileStatus Append(OpenNode open, uint offset, ReadOnlySpan<byte> bytes, long nowTicks)
    {
        AppendCall call = new(open.Node, offset, bytes, nowTicks);
        return Release(fileSystem.Ask(ref call, open, out _));
    }

    private FileStatus Lengthen(OpenNode open, uint length)
    {
        byte[]? zeros = length > open.Node.LengthBytes ? new byte[FileLimits.TransferBytes] : null;
        while (length > open.Node.LengthBytes)
        {
            uint start = open.Node.LengthBytes;
            FileStatus status = WriteInside(open, start, zeros.AsSpan(0, (int)Math.Min((uint)zeros!.Length, length - start)));
            if (status != FileStatus.Ok)
            {
                return status;
            }
        }

        return FileStatus.Ok;
    }

    private FileStatus Shorten(OpenNode open, uint length)
    {
        bool inPlace = length > options.CopyLimitBytes;
        open.Map.CutAt(length);
        ShortenCall call = new(open.Node, length, inPlace, utcTicks());
        FileReply reply = fileSystem.Ask(ref call, open, out _);
        return reply.Status == FileStatus.MustCopy ? CopyBeginning(open, length) : Release(reply);
    }

    private FileStatus CopyBeginning(OpenNode open, uint length)
    {
        FileNode copy = open.Node with { FirstCluster = 0, LengthBytes = 0, CursorCluster = 0, ModifiedTicks = utcTicks() };
        FileStatus status = Copy(open.Node, open, copy, length);
        if (status == FileStatus.Ok)
        {
            nodes.AdoptCopy(open);
        }

        return status;
    }
}
