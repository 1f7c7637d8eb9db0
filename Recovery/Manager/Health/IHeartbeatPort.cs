using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>Asks an extension whether it still answers.</summary>
public interface IHeartbeatPort
{
    /// <summary>Calls <see cref="IExtensionControl.Heartbeat"/>.</summary>
    CallResult<ulong> Heartbeat(uint domainId, ulong nonce);

    /// <summary>How often the instance that there is was called, heartbeats among it, or has called the kernel.</summary>
    ulong CountCalls(uint domainId);
}
