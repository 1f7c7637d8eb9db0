using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Writes content that makes a linked chain longer.</summary>
internal ref struct AppendCall(FileNode file, uint offset, ReadOnlySpan<byte> bytes, long nowTicks) : FileSystemSide.ICall<AppendCall>
{
    private FileNode _file = file;
    private readonly uint _offset = offset;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        SoughtPlace sought = default;
        CallResult<FileReply> result;
        do
        {
            result = fileSystem.Append(file, _offset, _bytes, _nowTicks);
        }
        while (sought.GoesOn(result, ref file));
        return ToldNode.Judge(result, file, _offset + (uint)_bytes.Length);
    }
}
