using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Reads an entry of a directory.</summary>
internal readonly ref struct ReadDirectoryCall(FileNode directory, uint position, Span<char> name) : FileSystemSide.ICall<ReadDirectoryCall>
{
    private readonly FileNode _directory = directory;
    private readonly uint _position = position;
    private readonly Span<char> _name = name;

    // Whoever goes through a directory must come to its end.
    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        CallResult<FileReply> result = fileSystem.ReadDirectory(_directory, _position, _name);
        bool isEntry = result.TryGet(out FileReply reply) && reply.Status == FileStatus.Ok && reply.Count != 0;
        bool isPossible = !isEntry
            || (reply.Count <= (uint)_name.Length && reply.NextPosition > _position);
        return isPossible ? result : CallResult<FileReply>.Ok(default);
    }
}
