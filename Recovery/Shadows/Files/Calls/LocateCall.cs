using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Asks where content is.</summary>
internal readonly ref struct LocateCall(FileNode file, uint offset, ulong volumeBytes, Span<FileRun> runs) : FileSystemSide.ICall<LocateCall>
{
    private readonly FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly ulong _volumeBytes = volumeBytes;
    private readonly Span<FileRun> _runs = runs;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
        => ToldRuns.Judge(fileSystem.Locate(_file, _offset, _runs), _runs, _offset, _volumeBytes);
}
