using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>Asks an extension whether it still answers.</summary>
public interface IHeartbeatPort
{
    /// <summary>Calls <see cref="IExtensionControl.Heartbeat"/>.</summary>
    CallResult<ulong> Heartbeat(uint domainId, ulong nonce);
}
