using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Links the content of a file to its entry.</summary>
internal readonly ref struct LinkCall(FileNode file) : FileSystemSide.ICall<LinkCall>
{
    private readonly FileNode _file = file;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Link(_file);
}
