using NooksOS.Contracts;

namespace NooksOS.Recovery.Commands;

/// <summary>Makes the running instance of an extension misbehave, from inside.</summary>
public interface IMisbehaviorPort
{
    /// <summary>
    /// Calls <see cref="IExtensionControl.Misbehave"/>, with an address of the kernel that it may try to write to.
    /// <see cref="CallStatus.NotSupported"/> if the instance cannot fail in this way, and then it was not called: one without an
    /// interrupt line cannot leave it asserted.
    /// </summary>
    CallStatus Misbehave(uint domainId, MisbehaviorKind kind);
}
