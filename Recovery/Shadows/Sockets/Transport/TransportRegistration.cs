using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The connection memory of one instance of the stack, as its domain holds it. Released once no thread is in the instance: then
/// what it has committed is final.
/// </summary>
internal sealed class TransportRegistration(TransportSide transport, uint registration, IConnectionWindow window)
    : TrackedObject(TrackedKind.MemoryPages)
{
    public override string Description => "connection memory";

    protected override bool Release()
    {
        window.Close();
        transport.Unregister(registration);
        return true;
    }
}
