using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Waits for the answer to a query.</summary>
internal readonly struct ResolveCall(NameQuery query) : ISocketCall
{
    public WaitQueue Queue => query.Waiters;

    public CallStatus? Try() => query.Outcome;
}
