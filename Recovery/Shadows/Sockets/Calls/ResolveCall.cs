using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Waits for the answer to a query.</summary>
internal readonly struct ResolveCall(NameQuery query) : IWaitingCall
{
    public WaitQueue Queue => query.Waiters;

    public CallStatus? Try() => query.Outcome;
}
