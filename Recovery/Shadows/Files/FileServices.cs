using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>Files as one domain uses them. A bad handle is only refused here; the wrapper makes a fault of the caller of it.</summary>
/// <param name="shadow">The files.</param>
/// <param name="objects">What the domain holds.</param>
public sealed class FileServices(FileShadow shadow, HandleTable objects) : IFileServices
{
    private readonly OwnFiles _own = new();

    /// <inheritdoc/>
    public CallResult<OpenedFile> Open(ReadOnlySpan<char> path, FileRequests requests)
    {
        if (!_own.HasRoom)
        {
            return CallResult<OpenedFile>.Ok(new OpenedFile(FileStatus.Unavailable, default, 0));
        }

        FileStatus status = shadow.Open(path, requests, out OpenNode? node);
        if (node is null)
        {
            return CallResult<OpenedFile>.Ok(new OpenedFile(status, default, 0));
        }

        _own.Add(node);
        CallResult<Handle<TrackedObjects.File>> added = objects.Add<TrackedObjects.File>(new OpenFile(shadow, _own, node, requests));
        if (added.TryGet(out Handle<TrackedObjects.File> handle))
        {
            return CallResult<OpenedFile>.Ok(new OpenedFile(FileStatus.Ok, handle, node.Node.LengthBytes));
        }

        _own.Remove(node);
        shadow.Close(node);
        return CallResult<OpenedFile>.Failure(added.Status);
    }

    /// <inheritdoc/>
    public CallResult<FileOutcome> Close(Handle<TrackedObjects.File> file)
    {
        if (!objects.TryResolve(file, out OpenFile open))
        {
            return CallResult<FileOutcome>.Failure(CallStatus.BadHandle);
        }

        FileStatus status = open.Close();
        objects.Release(file.Slot, file.Generation);
        return Done(status);
    }

    /// <inheritdoc/>
    public CallResult<FileOutcome> Read(Handle<TrackedObjects.File> file, Span<byte> bytes)
    {
        if (!TryFind(file, FileRequests.Read, out OpenFile open, out CallResult<FileOutcome> refusal))
        {
            return refusal;
        }

        return Moved(open, shadow.Read(open.Node, open.Position, bytes));
    }

    /// <inheritdoc/>
    public CallResult<FileOutcome> Write(Handle<TrackedObjects.File> file, ReadOnlySpan<byte> bytes)
    {
        if (!TryFind(file, FileRequests.Write, out OpenFile open, out CallResult<FileOutcome> refusal))
        {
            return refusal;
        }

        return Moved(open, shadow.Write(open.Node, open.Position, bytes));
    }

    /// <inheritdoc/>
    public CallResult<FileOutcome> Seek(Handle<TrackedObjects.File> file, ulong position)
    {
        if (!objects.TryResolve(file, out OpenFile open))
        {
            return CallResult<FileOutcome>.Failure(CallStatus.BadHandle);
        }

        if (position > uint.MaxValue)
        {
            return Done(FileStatus.TooLarge);
        }

        open.Position = position;
        return Describe(open, FileStatus.Ok, 0);
    }

    /// <inheritdoc/>
    public CallResult<FileOutcome> SetLength(Handle<TrackedObjects.File> file, ulong lengthBytes)
        => TryFind(file, FileRequests.Write, out OpenFile open, out CallResult<FileOutcome> refusal)
            ? Describe(open, shadow.SetLength(open.Node, lengthBytes), 0)
            : refusal;

    /// <inheritdoc/>
    public CallResult<FileOutcome> Flush(Handle<TrackedObjects.File> file)
        => objects.TryResolve(file, out OpenFile open)
            ? Describe(open, shadow.Flush(open.Node), 0)
            : CallResult<FileOutcome>.Failure(CallStatus.BadHandle);

    /// <inheritdoc/>
    public CallResult<FileOutcome> ReadDirectory(Handle<TrackedObjects.File> directory, Span<char> name)
    {
        if (!TryFind(directory, FileRequests.List, out OpenFile open, out CallResult<FileOutcome> refusal))
        {
            return refusal;
        }

        if (name.Length < FileLimits.NameCharacters)
        {
            return CallResult<FileOutcome>.Failure(CallStatus.BadParameter);
        }

        FileReply reply = shadow.ReadDirectory(open.Node, (uint)open.Position, name);
        if (reply.Status != FileStatus.Ok || reply.Count == 0)
        {
            return Done(reply.Status);
        }

        open.Position = reply.NextPosition;
        return Describe(reply);
    }

    /// <inheritdoc/>
    public CallResult<FileOutcome> Describe(ReadOnlySpan<char> path) => Describe(shadow.Describe(path));

    /// <inheritdoc/>
    public CallResult<FileOutcome> SetDescription(ReadOnlySpan<char> path, FileFlags flags, long createdTicks, long modifiedTicks)
        => Done(shadow.SetDescription(path, flags, createdTicks, modifiedTicks));

    /// <inheritdoc/>
    public CallResult<FileOutcome> CreateDirectory(ReadOnlySpan<char> path) => Done(shadow.CreateDirectory(path));

    /// <inheritdoc/>
    public CallResult<FileOutcome> Remove(ReadOnlySpan<char> path) => Done(shadow.Remove(path));

    /// <inheritdoc/>
    public CallResult<FileOutcome> Rename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool replaces)
        => Done(shadow.Rename(path, newPath, replaces));

    /// <inheritdoc/>
    public CallResult<FileOutcome> Synchronize() => Done(shadow.Flush(null));

    private static CallResult<FileOutcome> Done(FileStatus status)
        => CallResult<FileOutcome>.Ok(new FileOutcome(status, 0, FileFlags.None, 0, 0, 0, 0));

    private static CallResult<FileOutcome> Describe(FileReply reply) => CallResult<FileOutcome>.Ok(new FileOutcome(
        reply.Status, reply.Count, reply.Node.Flags, 0, reply.Node.LengthBytes, reply.Node.CreatedTicks, reply.Node.ModifiedTicks));

    private static CallResult<FileOutcome> Describe(OpenFile open, FileStatus status, uint count)
    {
        FileNode node = open.Node.Node;
        return CallResult<FileOutcome>.Ok(new FileOutcome(
            status, count, node.Flags, open.Position, node.LengthBytes, node.CreatedTicks, node.ModifiedTicks));
    }

    private static CallResult<FileOutcome> Moved(OpenFile open, FileReply reply)
    {
        if (reply.Status == FileStatus.Ok)
        {
            open.Position += reply.Count;
        }

        return Describe(open, reply.Status, reply.Status == FileStatus.Ok ? reply.Count : 0);
    }

    private bool TryFind(
        Handle<TrackedObjects.File> file, FileRequests request, out OpenFile open, out CallResult<FileOutcome> refusal)
    {
        refusal = CallResult<FileOutcome>.Failure(CallStatus.BadHandle);
        if (!objects.TryResolve(file, out open))
        {
            return false;
        }

        refusal = Done(FileStatus.NotSupported);
        return (open.Requests & request) != 0;
    }
}
