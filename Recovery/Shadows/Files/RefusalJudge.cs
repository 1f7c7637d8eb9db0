using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Says what a refusal of a file system is worth. Some belong to everyday life, such as that there is no file of a name; others say that
/// the volume is damaged or full, or contradict what the same volume has said before. Those can be true, or the talk of an instance that
/// has gone wrong. What contradicts counts only once two instances have said the same; the others, which each user of a full volume meets,
/// are doubted only where services are watched closely. An instance that was right about one is believed for a while, so that a volume with
/// much damage does not cost an instance for each. The owner guards it.
/// </summary>
internal sealed class RefusalJudge(FileShadowOptions options)
{
    private uint _believedRegistration;
    private long _believedUntilNanoseconds;

    /// <summary>Whether refusals are doubted that contradict nothing.</summary>
    public bool IsStrict { get; set; }

    /// <summary>Whether an answer is to be taken as it is.</summary>
    /// <param name="status">The answer.</param>
    /// <param name="isContradiction">Whether it contradicts what is known.</param>
    /// <param name="registration">The instance that gives it.</param>
    /// <param name="doubted">The instance that has said the same of the same call and was not believed; zero if there is none.</param>
    /// <param name="nowNanoseconds">The time.</param>
    public bool IsBelieved(FileStatus status, bool isContradiction, uint registration, uint doubted, long nowNanoseconds)
    {
        if ((IsOrdinary(status) || !IsStrict) && !isContradiction)
        {
            return true;
        }

        if (doubted != 0 && doubted != registration)
        {
            _believedRegistration = registration;
            _believedUntilNanoseconds = nowNanoseconds + options.BeliefNanoseconds;
            return true;
        }

        return registration == _believedRegistration && nowNanoseconds < _believedUntilNanoseconds;
    }

    private static bool IsOrdinary(FileStatus status) => status
        is FileStatus.Ok
        or FileStatus.NotFound
        or FileStatus.AlreadyExists
        or FileStatus.DirectoryNotEmpty
        or FileStatus.BadName
        or FileStatus.DeviceError
        or FileStatus.MustCopy;
}
