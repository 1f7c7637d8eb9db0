using System;
using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>How much a domain may hold: in objects, by kind and in total, and in memory.</summary>
public sealed class ObjectQuotas
{
    /// <summary>Threads of its own that a domain may have.</summary>
    public const int Threads = 32;

    // A server holds as many as it has clients: clients, not the domain, decide how many, so the bound is that of connections.
    private const uint Sockets = 4096 + 256;

    private readonly uint[] _byKind = new uint[TrackedKinds.Count];

    /// <param name="totalObjects">Objects of all kinds together.</param>
    /// <param name="memoryBytes">Memory: pages of the heap and the sizes of tracked objects.</param>
    public ObjectQuotas(uint totalObjects, ulong memoryBytes)
    {
        TotalObjects = totalObjects;
        MemoryBytes = memoryBytes;
        Array.Fill(_byKind, totalObjects);
    }

    /// <summary>Enough for a driver with a few rings, and small enough that a leak shows soon.</summary>
    public static ObjectQuotas Default => new ObjectQuotas(1024 + Sockets, 64UL << 20)
        .With(TrackedKind.Device, 4)
        .With(TrackedKind.InterruptLine, 8)
        .With(TrackedKind.PortRange, 16)
        .With(TrackedKind.RegisterWindow, 16)
        .With(TrackedKind.DmaBuffer, 512)
        .With(TrackedKind.Timer, 32)
        .With(TrackedKind.Lock, 64)
        .With(TrackedKind.NetworkDevice, 1)
        .With(TrackedKind.NetworkStack, 1)
        .With(TrackedKind.PacketBuffer, 1024)
        .With(TrackedKind.MemoryPages, 1024)
        .With(TrackedKind.Thread, Threads)
        .With(TrackedKind.Socket, Sockets)
        .With(TrackedKind.BlockDevice, 32)
        .With(TrackedKind.Volume, 8)
        .With(TrackedKind.DmaChannel, 2)
        .With(TrackedKind.SoundDevice, 1)
        .With(TrackedKind.SoundStream, 8);

    /// <summary>Objects of all kinds together.</summary>
    public uint TotalObjects { get; }

    /// <summary>Memory of all kinds together.</summary>
    public ulong MemoryBytes { get; }

    /// <summary>Objects of one kind.</summary>
    public uint Of(TrackedKind kind) => _byKind[(int)kind];

    /// <summary>The same quotas with another bound for one kind.</summary>
    public ObjectQuotas With(TrackedKind kind, uint objects)
    {
        ObjectQuotas changed = new(TotalObjects, MemoryBytes);
        _byKind.CopyTo(changed._byKind, 0);
        changed._byKind[(int)kind] = objects;
        return changed;
    }
}
