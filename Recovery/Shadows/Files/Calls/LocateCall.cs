using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Asks where content is.</summary>
internal ref struct LocateCall(FileNode file, uint offset, ulong volumeBytes, Span<FileRun> runs) : FileSystemSide.ICall<LocateCall>
{
    private FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly ulong _volumeBytes = volumeBytes;
    private readonly Span<FileRun> _runs = runs;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        CallResult<FileReply> result = ToldRuns.Judge(fileSystem.Locate(file, _offset, _runs), _runs, _offset, _volumeBytes);
        return ToldNode.Judge(result, file, file.LengthBytes);
    }
}
