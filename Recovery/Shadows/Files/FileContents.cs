using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What is done to the content of open files. Where one write cannot change what a file is, its content is copied here, piece by
/// piece: each piece is a call that can be made again.
/// </summary>
internal sealed class FileContents(FileSystemSide fileSystem, OpenNodes nodes, Func<long> utcTicks, FileShadowOptions options)
{
    private readonly byte[] _piece = new byte[FileLimits.TransferBytes];

    /// <summary>A file as it is if somebody has it open, and as the medium has it if not.</summary>
    public FileNode Current(FileNode node) => nodes.Find(node.EntryPosition)?.Node ?? node;

    public FileReply Read(OpenNode open, ulong offset, Span<byte> bytes)
    {
        if (offset >= open.Node.LengthBytes)
        {
            return new FileReply(open.Node.IsDirectory ? FileStatus.IsADirectory : FileStatus.Ok, 0, 0, 0, open.Node);
        }

        ReadContentCall call = new(open.Node, (uint)offset, bytes);
        FileReply reply = fileSystem.Ask(ref call, out _);
        if (reply.Status == FileStatus.Ok)
        {
            // The node comes from the extension, the bytes may as well; but more than there was room for it cannot have read.
            nodes.Update(open, reply.Node);
            return reply with { Count = Math.Min(reply.Count, (uint)bytes.Length) };
        }

        return reply;
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
        return status == FileStatus.Ok ? WriteInside(open, (uint)offset, bytes) : new FileReply(status, 0, 0, 0, open.Node);
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

        LinkCall call = new(open.Node);
        return Take(open, fileSystem.Ask(ref call, out _));
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
        FlushCall call = new(nodes.HasOpenChains);
        return fileSystem.Ask(ref call, out _).Status;
    }

    /// <summary>Releases a chain to its end.</summary>
    public FileStatus Release(FileReply reply)
    {
        while (reply.Status == FileStatus.Ok && reply.ReleasedChain != 0)
        {
            ReleaseCall call = new(reply.ReleasedChain);
            reply = fileSystem.Ask(ref call, out _);
        }

        return reply.Status;
    }

    /// <summary>Copies the beginning of a file to a chain that nothing points at, which the open node has as its copy then.</summary>
    public FileStatus Copy(FileNode source, OpenNode target, FileNode copy, uint length)
    {
        nodes.UpdateCopy(target, copy);
        for (uint done = 0; done < length;)
        {
            Span<byte> piece = _piece.AsSpan(0, (int)Math.Min((uint)_piece.Length, length - done));
            ReadContentCall read = new(source, done, piece);
            FileReply reply = fileSystem.Ask(ref read, out _);
            if (reply.Status == FileStatus.Ok && reply.Count == (uint)piece.Length)
            {
                source = reply.Node;
                WriteContentCall write = new(copy, done, piece, inPlace: false, copy.ModifiedTicks);
                reply = fileSystem.Ask(ref write, out _);
            }

            if (reply.Status != FileStatus.Ok || reply.Count != (uint)piece.Length)
            {
                nodes.UpdateCopy(target, null);
                Release(new FileReply(FileStatus.Ok, 0, copy.FirstCluster, 0, copy));
                return reply.Status == FileStatus.Ok ? FileStatus.Damaged : reply.Status;
            }

            copy = reply.Node;
            nodes.UpdateCopy(target, copy);
            done += (uint)piece.Length;
        }

        return FileStatus.Ok;
    }

    private FileReply WriteInside(OpenNode open, uint offset, ReadOnlySpan<byte> bytes)
    {
        bool inPlace = open.Node.LengthBytes > options.CopyLimitBytes;
        WriteContentCall call = new(open.Node, offset, bytes, inPlace, utcTicks());
        FileReply reply = fileSystem.Ask(ref call, out _);
        if (reply.Status == FileStatus.MustCopy)
        {
            FileStatus status = CopyBeginning(open, open.Node.LengthBytes);
            if (status != FileStatus.Ok)
            {
                return reply with { Status = status };
            }

            call = new WriteContentCall(open.Node, offset, bytes, inPlace, utcTicks());
            reply = fileSystem.Ask(ref call, out _);
        }

        return reply with { Status = Take(open, reply), Count = Math.Min(reply.Count, (uint)bytes.Length) };
    }

    private FileStatus Lengthen(OpenNode open, uint length)
    {
        byte[]? zeros = length > open.Node.LengthBytes ? new byte[FileLimits.TransferBytes] : null;
        while (length > open.Node.LengthBytes)
        {
            uint start = open.Node.LengthBytes;
            FileReply reply = WriteInside(open, start, zeros.AsSpan(0, (int)Math.Min((uint)zeros!.Length, length - start)));
            if (reply.Status != FileStatus.Ok)
            {
                return reply.Status;
            }
        }

        return FileStatus.Ok;
    }

    private FileStatus Shorten(OpenNode open, uint length)
    {
        bool inPlace = length > options.CopyLimitBytes;
        ShortenCall call = new(open.Node, length, inPlace, utcTicks());
        FileReply reply = fileSystem.Ask(ref call, out _);
        if (reply.Status != FileStatus.MustCopy)
        {
            return Take(open, reply);
        }

        FileStatus status = CopyBeginning(open, length);
        return status;
    }

    private FileStatus CopyBeginning(OpenNode open, uint length)
    {
        FileNode copy = open.Node with { FirstCluster = 0, LengthBytes = 0, CursorCluster = 0, ModifiedTicks = utcTicks() };
        FileStatus status = Copy(open.Node, open, copy, length);
        if (status == FileStatus.Ok)
        {
            nodes.Update(open, open.Copy!.Value);
        }

        return status;
    }

    private FileStatus Take(OpenNode open, FileReply reply)
    {
        if (reply.Status != FileStatus.Ok)
        {
            return reply.Status;
        }

        nodes.Update(open, reply.Node);
        return Release(reply);
    }
}
