using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The connection memory of one instance of the stack, as its domain holds it. Released once no thread is in the instance: then
/// what it has committed is final.
/// </summary>
internal sealed class TransportRegistration(SocketShadow shadow, uint domainId, uint registration, IConnectionWindow window)
    : Registration(TrackedKind.MemoryPages, domainId, shadow.Faults, shadow.Clock)
{
    public override string Description => "connection memory";

    protected override bool Unregister()
    {
        window.Close();
        return shadow.Transport.Unregister(registration);
    }
}
