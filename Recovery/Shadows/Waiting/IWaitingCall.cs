using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>A call that may have to wait, as a try that is repeated. Both members are used under the lock of what it is about.</summary>
internal interface IWaitingCall
{
    /// <summary>What is woken when another try may come out differently.</summary>
    WaitQueue Queue { get; }

    /// <summary>Tries. Null if it has to wait.</summary>
    CallStatus? Try();
}
