using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Reads an entry of a directory.</summary>
internal readonly ref struct ReadDirectoryCall(FileNode directory, uint position, Span<char> name) : FileSystemSide.ICall<ReadDirectoryCall>
{
    private readonly FileNode _directory = directory;
    private readonly uint _position = position;
    private readonly Span<char> _name = name;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.ReadDirectory(_directory, _position, _name);
}
