using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Goes on releasing a chain. An answer by which nothing of it was released is none; what was left then, nobody knows, and the next
/// instance has found when it mounted the volume.
/// </summary>
/// <param name="chain">What is left of it.</param>
/// <param name="before">What was left of it some calls before; zero if there were none.</param>
internal ref struct ReleaseCall(uint chain, uint before) : FileSystemSide.ICall<ReleaseCall>
{
    private readonly uint _before = before;
    private uint _chain = chain;

    public CallResult<FileReply> Make(IFileSystem fileSystem)
    {
        if (_chain == 0)
        {
            return CallResult<FileReply>.Ok(new FileReply(FileStatus.Ok, 0, 0, 0, default));
        }

        CallResult<FileReply> result = fileSystem.Release(_chain);
        bool isInCircle = result.TryGet(out FileReply reply) && reply.ReleasedChain != 0
            && (reply.ReleasedChain == _chain || reply.ReleasedChain == _before);
        if (!isInCircle)
        {
            return result;
        }

        _chain = 0;
        return CallResult<FileReply>.Ok(default);
    }
}
