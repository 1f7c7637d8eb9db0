using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Sets attributes and times.</summary>
internal ref struct DescribeCall(FileNode file, FileFlags flags, long createdTicks, long modifiedTicks) : FileSystemSide.ICall<DescribeCall>
{
    private FileNode _file = file;
    private readonly FileFlags _flags = flags;
    private readonly long _createdTicks = createdTicks;
    private readonly long _modifiedTicks = modifiedTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        FileNode file = ToldNode.Take(ref _file);
        return ToldNode.Judge(fileSystem.Describe(file, _flags, _createdTicks, _modifiedTicks), file, file.LengthBytes);
    }
}
