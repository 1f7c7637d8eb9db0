using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Makes a file or directory.</summary>
internal readonly ref struct CreateCall(ReadOnlySpan<char> path, FileFlags flags, long nowTicks) : FileSystemSide.ICall<CreateCall>
{
    private readonly ReadOnlySpan<char> _path = path;
    private readonly FileFlags _flags = flags;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Create(_path, _flags, _nowTicks);
}
