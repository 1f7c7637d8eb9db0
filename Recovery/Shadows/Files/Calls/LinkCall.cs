using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Links the content of a file to its entry.</summary>
internal ref struct LinkCall(FileNode file) : FileSystemSide.ICall<LinkCall>, SoughtPlace.ICall
{
    private FileNode _file = file;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        CallResult<FileReply> result = SoughtPlace.Ask(fileSystem, ref this, ref file);
        return ToldNode.Judge(result, file, file.LengthBytes, mayMove: file.LengthBytes == 0);
    }

    public readonly CallResult<FileReply> Ask(IFileSystem fileSystem, FileNode file) => fileSystem.Link(file);
}
