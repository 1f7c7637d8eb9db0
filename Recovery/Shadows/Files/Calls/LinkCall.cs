using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Links the content of a file to its entry.</summary>
internal ref struct LinkCall(FileNode file) : FileSystemSide.ICall<LinkCall>
{
    private FileNode _file = file;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        SoughtPlace sought = default;
        CallResult<FileReply> result;
        do
        {
            result = fileSystem.Link(file);
        }
        while (sought.GoesOn(result, ref file));
        return ToldNode.Judge(result, file, file.LengthBytes, mayMove: file.LengthBytes == 0);
    }
}
