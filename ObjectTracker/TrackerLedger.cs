using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>
/// Counts tracked objects over all domains, and makes the generations of handles. One for the whole system: a generation is
/// given to one object only, so neither a handle of another domain nor one of an earlier instance resolves.
/// </summary>
public sealed class TrackerLedger
{
    private readonly long[] _created = new long[TrackedKinds.Count];
    private readonly long[] _released = new long[TrackedKinds.Count];
    private readonly long[] _leaked = new long[TrackedKinds.Count];
    private readonly List<ILeakProbe> _probes = [];
    private uint _lastGeneration;

    /// <summary>A ledger without objects.</summary>
    public TrackerLedger()
        : this(0)
    {
    }

    /// <param name="lastGeneration">The generation that counts as given out last.</param>
    public TrackerLedger(uint lastGeneration) => _lastGeneration = lastGeneration;

    /// <summary>Objects that exist now.</summary>
    public long Live => Sum(_created) - Sum(_released) - Sum(_leaked);

    /// <summary>Objects ever made.</summary>
    public long Created => Sum(_created);

    /// <summary>Objects ever taken back.</summary>
    public long Released => Sum(_released);

    /// <summary>Objects that could not be taken back.</summary>
    public long Leaked => Sum(_leaked);

    /// <summary>Objects of a kind that exist now.</summary>
    public long LiveOf(TrackedKind kind)
        => Interlocked.Read(ref _created[(int)kind])
            - Interlocked.Read(ref _released[(int)kind])
            - Interlocked.Read(ref _leaked[(int)kind]);

    /// <summary>Adds a part of the kernel to the leak check. Done while the system is put together, before any domain runs.</summary>
    public void AddProbe(ILeakProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        _probes.Add(probe);
    }

    /// <summary>Counts what any part of the kernel still holds for a domain whose objects have been released.</summary>
    public uint CountHeldBy(uint domainId, ICollection<ReleaseFailure>? failures = null)
    {
        uint held = 0;
        foreach (ILeakProbe probe in _probes)
        {
            uint count = probe.CountHeldBy(domainId);
            if (count != 0)
            {
                held += count;
                failures?.Add(new ReleaseFailure(TrackedKind.None, 0, probe.Name, $"{count} still held"));
            }
        }

        return held;
    }

    internal uint NextGeneration()
    {
        uint generation = Interlocked.Increment(ref _lastGeneration);

        // Zero names nothing, so the count passes over it.
        return generation != 0 ? generation : Interlocked.Increment(ref _lastGeneration);
    }

    internal void CountCreated(TrackedKind kind) => Interlocked.Increment(ref _created[(int)kind]);

    internal void CountEnd(TrackedKind kind, bool released)
        => Interlocked.Increment(ref released ? ref _released[(int)kind] : ref _leaked[(int)kind]);

    private static long Sum(long[] counters)
    {
        long sum = 0;
        for (int index = 0; index < counters.Length; index++)
        {
            sum += Interlocked.Read(ref counters[index]);
        }

        return sum;
    }
}
