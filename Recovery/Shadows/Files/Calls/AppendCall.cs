using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Writes content that makes a linked chain longer.</summary>
internal readonly ref struct AppendCall(FileNode file, uint offset, ReadOnlySpan<byte> bytes, long nowTicks) : FileSystemSide.ICall<AppendCall>
{
    private readonly FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Append(_file, _offset, _bytes, _nowTicks);
}
