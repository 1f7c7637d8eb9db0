using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Reads an entry of a directory.</summary>
internal readonly ref struct ReadDirectoryCall(OpenNode directory, uint position, Span<char> name, SeenListings seen)
    : FileSystemSide.ICall<ReadDirectoryCall>
{
    private readonly OpenNode _directory = directory;
    private readonly uint _position = position;
    private readonly Span<char> _name = name;
    private readonly SeenListings _seen = seen;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        CallResult<FileReply> result = fileSystem.ReadDirectory(_directory.Node, _position, _name);
        bool isTold = result.TryGet(out FileReply reply) && reply.Status == FileStatus.Ok;
        return !isTold || IsPossible(reply) ? result : CallResult<FileReply>.Ok(default);
    }

    // Whoever goes through a directory must come to its end.
    private bool IsPossible(in FileReply reply)
        => (reply.Count == 0 || (reply.Count <= (uint)_name.Length && reply.NextPosition > _position))
            && (_directory.Path is not { } path || _seen.Agrees(path, _position, reply, _name[..(int)reply.Count]));
}
