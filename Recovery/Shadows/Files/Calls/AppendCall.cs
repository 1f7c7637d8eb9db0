using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Writes content that makes a linked chain longer.</summary>
internal ref struct AppendCall(FileNode file, uint offset, ReadOnlySpan<byte> bytes, long nowTicks) : FileSystemSide.ICall<AppendCall>, SoughtPlace.ICall
{
    private FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        CallResult<FileReply> result = SoughtPlace.Ask(fileSystem, ref this, ref file);
        return ToldNode.Judge(result, file, _offset + (uint)_bytes.Length);
    }

    public readonly CallResult<FileReply> Ask(IFileSystem fileSystem, FileNode file) => fileSystem.Append(file, _offset, _bytes, _nowTicks);
}
