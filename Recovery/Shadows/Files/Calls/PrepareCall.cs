using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Has room made for content.</summary>
internal ref struct PrepareCall(
    FileNode file, uint offset, uint lengthBytes, ulong volumeBytes, Span<FileRun> runs) : FileSystemSide.ICall<PrepareCall>, SoughtPlace.ICall
{
    private FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly uint _lengthBytes = lengthBytes;
    private readonly ulong _volumeBytes = volumeBytes;
    private readonly Span<FileRun> _runs = runs;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        CallResult<FileReply> result = SoughtPlace.Ask(fileSystem, ref this, ref file);
        result = ToldRuns.Judge(result, _runs, _offset, _volumeBytes);
        return ToldNode.Judge(ToldNode.JudgeCopy(result, file), file, file.LengthBytes, mayMove: file.FirstCluster == 0);
    }

    public readonly CallResult<FileReply> Ask(IFileSystem fileSystem, FileNode file) => fileSystem.Prepare(file, _offset, _lengthBytes, _runs);
}
