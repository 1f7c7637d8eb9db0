using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>The registration of one instance of the network stack, as its domain holds it.</summary>
internal sealed class NetworkStackRegistration(NetworkDeviceShadow shadow, uint registration, IExchangeView view)
    : TrackedObject(TrackedKind.NetworkStack)
{
    public override string Description => "network stack";

    protected override bool Release()
    {
        view.Close();
        shadow.Stack.Unregister(registration);
        return true;
    }
}
