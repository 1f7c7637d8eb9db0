using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Has room made for content.</summary>
internal readonly ref struct PrepareCall(
    FileNode file, uint offset, uint lengthBytes, ulong volumeBytes, Span<FileRun> runs) : FileSystemSide.ICall<PrepareCall>
{
    private readonly FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly uint _lengthBytes = lengthBytes;
    private readonly ulong _volumeBytes = volumeBytes;
    private readonly Span<FileRun> _runs = runs;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
        => ToldRuns.Judge(fileSystem.Prepare(_file, _offset, _lengthBytes, _runs), _runs, _offset, _volumeBytes);
}
