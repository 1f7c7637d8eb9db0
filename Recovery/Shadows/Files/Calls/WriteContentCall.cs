using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Writes content.</summary>
internal readonly ref struct WriteContentCall(FileNode file, uint offset, ReadOnlySpan<byte> bytes, bool inPlace, long nowTicks) : FileSystemSide.ICall<WriteContentCall>
{
    private readonly FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly bool _inPlace = inPlace;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Write(_file, _offset, _bytes, _inPlace, _nowTicks);
}
