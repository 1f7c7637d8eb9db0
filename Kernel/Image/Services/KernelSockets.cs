using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Services;

/// <summary>The sockets of the kernel's own threads.</summary>
internal static class KernelSockets
{
    // No domain has this number.
    private const uint DomainId = 0;
    private const ulong MemoryBytes = 64 << 20;
    private const uint Listeners = 256;

    /// <summary>
    /// Makes them for one service. Its threads use the shadow by the same calls as an extension, without a boundary in between.
    /// </summary>
    public static ISocketServices Make(SocketShadow sockets, TrackerLedger ledger)
        => new SocketServices(
            sockets,
            DomainId,
            "kernel",
            new HandleTable(DomainId, new ObjectQuotas(TransportLimits.Connections + Listeners, MemoryBytes), ledger));
}
