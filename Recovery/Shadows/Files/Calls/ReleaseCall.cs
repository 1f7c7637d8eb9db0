using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Goes on releasing a chain.</summary>
internal readonly ref struct ReleaseCall(uint chain) : FileSystemSide.ICall<ReleaseCall>
{
    private readonly uint _chain = chain;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Release(_chain);
}
