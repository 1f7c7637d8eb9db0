using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>The registration of one instance of the network stack, as its domain holds it.</summary>
internal sealed class NetworkStackRegistration(NetworkDeviceShadow shadow, uint domainId, uint registration, IExchangeView view)
    : Registration(TrackedKind.NetworkStack, domainId, shadow.Faults, shadow.Clock)
{
    public override string Description => "network stack";

    protected override bool Unregister()
    {
        view.Close();
        return shadow.Stack.Unregister(registration);
    }
}
