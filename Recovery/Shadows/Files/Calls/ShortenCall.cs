using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Makes a file shorter.</summary>
internal ref struct ShortenCall(FileNode file, uint lengthBytes, bool inPlace, long nowTicks) : FileSystemSide.ICall<ShortenCall>, SoughtPlace.ICall
{
    private FileNode _file = file;
    private readonly uint _lengthBytes = lengthBytes;
    private readonly bool _inPlace = inPlace;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        CallResult<FileReply> result = SoughtPlace.Ask(fileSystem, ref this, ref file);
        result = ToldNode.JudgeCopy(result, file, mayCopy: !_inPlace && _lengthBytes != 0);
        return ToldNode.Judge(result, file, _lengthBytes, mayMove: _lengthBytes == 0);
    }

    public readonly CallResult<FileReply> Ask(IFileSystem fileSystem, FileNode file) => fileSystem.Shorten(file, _lengthBytes, _inPlace, _nowTicks);
}
