using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Asks where content is.</summary>
internal ref struct LocateCall(FileNode file, uint offset, ulong volumeBytes, Span<FileRun> runs) : FileSystemSide.ICall<LocateCall>, SoughtPlace.ICall
{
    private FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly ulong _volumeBytes = volumeBytes;
    private readonly Span<FileRun> _runs = runs;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        CallResult<FileReply> result = SoughtPlace.Ask(fileSystem, ref this, ref file);
        return ToldNode.Judge(ToldRuns.Judge(result, _runs, _offset, _volumeBytes), file, file.LengthBytes);
    }

    public readonly CallResult<FileReply> Ask(IFileSystem fileSystem, FileNode file) => fileSystem.Locate(file, _offset, _runs);
}
