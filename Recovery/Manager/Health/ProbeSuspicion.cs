namespace NooksOS.Recovery;

/// <summary>
/// Whom a probe speaks against that is not answered as it should be. That may have another cause than the one who was asked. So he is blamed
/// only if he has answered since the last time. If his replacement fails as well, it is not he but what he stands on, though that answers
/// probes of its own: it is blamed then, once. After that nobody is until there is a right answer.
/// </summary>
public sealed class ProbeSuspicion
{
    private (uint Asked, uint Foundation)? _blamed;

    /// <summary>Whether whoever is asked has answered rightly since he was blamed.</summary>
    public bool IsTrusted { get; private set; }

    /// <summary>The answer was right.</summary>
    public void NoteAnswer()
    {
        IsTrusted = true;
        _blamed = null;
    }

    /// <summary>The answer was wrong, or there was none.</summary>
    /// <param name="asked">Which instance was asked.</param>
    /// <param name="foundation">Which instance of what it stands on there is; null if it stands on nobody.</param>
    /// <param name="isAskedToBlame">Whether everything it stands on has answered, or nothing else can be the cause.</param>
    /// <param name="isFinal">
    /// Whether more time would not help: there was an answer, or nobody worked at one. On a machine that has too much to do a good server may fail
    /// twice.
    /// </param>
    public ProbeSuspect Judge(uint asked, uint? foundation, bool isAskedToBlame, bool isFinal)
    {
        if (IsTrusted)
        {
            IsTrusted = false;
            _blamed = isAskedToBlame && foundation is { } present ? (asked, present) : null;
            return isAskedToBlame ? ProbeSuspect.Asked : ProbeSuspect.Nobody;
        }

        if (_blamed is not { } blamed || blamed.Asked == asked || !isFinal)
        {
            return ProbeSuspect.Nobody;
        }

        _blamed = null;
        return blamed.Foundation == foundation ? ProbeSuspect.Foundation : ProbeSuspect.Nobody;
    }
}
