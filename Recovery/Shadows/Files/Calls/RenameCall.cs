using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Renames a file or directory.</summary>
internal readonly ref struct RenameCall(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, FileNode file, bool inPlace)
    : FileSystemSide.ICall<RenameCall>
{
    private readonly ReadOnlySpan<char> _path = path;
    private readonly ReadOnlySpan<char> _newPath = newPath;
    private readonly FileNode _file = file;
    private readonly bool _inPlace = inPlace;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
        => ToldNode.JudgeCopy(fileSystem.Rename(_path, _newPath, _inPlace), _file, mayCopy: !_inPlace);
}
