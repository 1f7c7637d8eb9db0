using System.Collections.Generic;
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

    private static readonly List<HandleTable> s_tables = [];

    /// <summary>Counts what all services hold together.</summary>
    public static long CountObjects()
    {
        long objects = 0;
        lock (s_tables)
        {
            foreach (HandleTable table in s_tables)
            {
                objects += table.Count;
            }
        }

        return objects;
    }

    /// <summary>
    /// Makes them for one service. Its threads use the shadow by the same calls as an extension, without a boundary in between.
    /// </summary>
    public static ISocketServices Make(SocketShadow sockets, TrackerLedger ledger)
    {
        HandleTable table = new(DomainId, new ObjectQuotas(TransportLimits.Connections + Listeners, MemoryBytes), ledger);
        lock (s_tables)
        {
            s_tables.Add(table);
        }

        return new SocketServices(sockets, DomainId, "kernel", table);
    }
}
