using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What is known before a call of what it is about: what an earlier answer has told, and what is possible at all.</summary>
/// <param name="IsThere">Whether what is looked for was there, and nobody has removed it.</param>
/// <param name="IsNotThere">Whether it was not there a moment ago.</param>
/// <param name="HasGoodName">Whether the name that is to be given can be given.</param>
/// <param name="File">What is looked for, if it was there.</param>
internal readonly record struct PathKnowledge(bool IsThere, bool IsNotThere, bool HasGoodName = false, SeenFile? File = null)
{
    /// <summary>Whether an answer says the opposite.</summary>
    public bool Contradicts(in FileReply reply) => reply.Status switch
    {
        FileStatus.Ok => File is { } file && !file.Agrees(reply.Node),
        FileStatus.NotFound => IsThere,
        FileStatus.AlreadyExists => IsNotThere,
        FileStatus.BadName => HasGoodName,
        _ => false,
    };
}
