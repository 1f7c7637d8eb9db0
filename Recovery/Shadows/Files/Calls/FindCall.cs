using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Finds a file or directory.</summary>
internal readonly ref struct FindCall(ReadOnlySpan<char> path) : FileSystemSide.ICall<FindCall>
{
    private readonly ReadOnlySpan<char> _path = path;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Find(_path);
}
