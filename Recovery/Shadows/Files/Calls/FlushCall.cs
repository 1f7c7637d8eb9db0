using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Waits for the medium.</summary>
internal readonly ref struct FlushCall(bool hasOpenChains) : FileSystemSide.ICall<FlushCall>
{
    private readonly bool _hasOpenChains = hasOpenChains;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.Flush(_hasOpenChains);
}
