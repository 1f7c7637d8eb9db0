using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Makes a file shorter.</summary>
internal readonly ref struct ShortenCall(FileNode file, uint lengthBytes, bool inPlace, long nowTicks) : FileSystemSide.ICall<ShortenCall>
{
    private readonly FileNode _file = file;
    private readonly uint _lengthBytes = lengthBytes;
    private readonly bool _inPlace = inPlace;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Shorten(_file, _lengthBytes, _inPlace, _nowTicks);
}
