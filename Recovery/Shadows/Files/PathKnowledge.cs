using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What an earlier answer has told of the path of a call.</summary>
/// <param name="IsThere">Whether what is looked for was there, and nobody has removed it.</param>
/// <param name="IsNotThere">Whether it was not there a moment ago.</param>
internal readonly record struct PathKnowledge(bool IsThere, bool IsNotThere)
{
    /// <summary>Whether an answer says the opposite.</summary>
    public bool Contradicts(FileStatus status)
        => (IsThere && status == FileStatus.NotFound) || (IsNotThere && status == FileStatus.AlreadyExists);
}
