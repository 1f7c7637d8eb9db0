using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Removes a file or directory.</summary>
internal readonly ref struct RemoveCall(ReadOnlySpan<char> path) : FileSystemSide.ICall<RemoveCall>
{
    private readonly ReadOnlySpan<char> _path = path;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Remove(_path);
}
