using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Reads content.</summary>
internal readonly ref struct ReadContentCall(FileNode file, uint offset, Span<byte> bytes) : FileSystemSide.ICall<ReadContentCall>
{
    private readonly FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly Span<byte> _bytes = bytes;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Read(_file, _offset, _bytes);
}
