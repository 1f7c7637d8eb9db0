using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>
/// Everything of the kernel's that one instance of a domain holds. The domain sees slots and generations only. A fresh instance
/// gets a fresh table.
/// <para>
/// Use: <see cref="TryAdd"/> for each object given out, <see cref="TryResolve{TKind, TObject}"/> at each call,
/// <see cref="Release"/> when the domain gives something back; and at its end <see cref="Close"/>,
/// <see cref="QuiesceAll"/>, <see cref="ReleaseAll"/>, in this order.
/// </para>
/// Safe to use from several threads. Resolving takes no lock.
/// </summary>
public sealed class HandleTable
{
    private const int GrowthSlots = 32;
    private const int NoSlot = -1;
    private const int MaximumFailuresKept = 8;

    private readonly Lock _sync = new();
    private readonly TrackerLedger _ledger;
    private readonly uint[] _countByKind = new uint[TrackedKinds.Count];
    private TrackedObject?[] _entries = [];
    private int[] _nextFree = [];
    private int _firstFree = NoSlot;
    private TrackedObject? _newest;
    private ulong _lastOrder;
    private uint _count;
    private uint _leaked;
    private bool _closed;
    private bool _hasStarted;

    /// <param name="domainId">The domain that holds the objects.</param>
    /// <param name="quotas">How much it may hold.</param>
    /// <param name="ledger">The system's count.</param>
    public HandleTable(uint domainId, ObjectQuotas quotas, TrackerLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(quotas);
        ArgumentNullException.ThrowIfNull(ledger);
        DomainId = domainId;
        Quotas = quotas;
        _ledger = ledger;
        Memory = new MemoryAccount(quotas.MemoryBytes);
    }

    /// <summary>The domain that holds the objects.</summary>
    public uint DomainId { get; }

    /// <summary>How much it may hold.</summary>
    public ObjectQuotas Quotas { get; }

    /// <summary>Its memory: heap pages, charged by the memory services, and the sizes of its objects.</summary>
    public MemoryAccount Memory { get; }

    /// <summary>
    /// Whether the domain may still be registered as what others rely on: only while it starts. Who comes with it later has not been given what
    /// it would have to go on with, and nobody would call it.
    /// </summary>
    public bool TakesRegistrations => !Volatile.Read(ref _hasStarted);

    /// <summary>How many objects it holds.</summary>
    public uint Count => Volatile.Read(ref _count);

    /// <summary>How many objects of a kind it holds.</summary>
    public uint CountOf(TrackedKind kind) => Volatile.Read(ref _countByKind[(int)kind]);

    /// <summary>
    /// Gives the object to the domain. On <see cref="CallStatus.QuotaExceeded"/>, or <see cref="CallStatus.Cancelled"/> once
    /// the table is closed, the object stays with the caller, who has to undo what it made.
    /// </summary>
    /// <param name="tracked">The object.</param>
    /// <param name="whole">
    /// What it is a part of, and cannot be given back before it. <see cref="CallStatus.BadHandle"/> if it has been already.
    /// </param>
    public CallStatus TryAdd(TrackedObject tracked, TrackedObject? whole = null)
    {
        ArgumentNullException.ThrowIfNull(tracked);
        if (tracked.Generation != 0)
        {
            throw new InvalidOperationException("The object is in a table already.");
        }

        lock (_sync)
        {
            if (_closed)
            {
                return CallStatus.Cancelled;
            }

            if (whole is not null && Find(whole.Slot, whole.Generation) != whole)
            {
                return CallStatus.BadHandle;
            }

            if (_count >= Quotas.TotalObjects
                || _countByKind[(int)tracked.Kind] >= Quotas.Of(tracked.Kind)
                || !Memory.TryCharge(tracked.SizeBytes))
            {
                return CallStatus.QuotaExceeded;
            }

            Insert(tracked);
            if (whole is not null)
            {
                tracked.Whole = whole;
                whole.Parts++;
            }
        }

        return CallStatus.Ok;
    }

    /// <summary>Gives the object to the domain, like <see cref="TryAdd"/>, and makes the handle that names it.</summary>
    public CallResult<Handle<TKind>> Add<TKind>(TrackedObject tracked, TrackedObject? whole = null)
        where TKind : ITrackedKind
    {
        ArgumentNullException.ThrowIfNull(tracked);
        if (tracked.Kind != TKind.Kind)
        {
            throw new ArgumentException($"A {tracked.Kind} cannot have a handle of {TKind.Kind}.", nameof(tracked));
        }

        CallStatus status = TryAdd(tracked, whole);
        return status == CallStatus.Ok
            ? CallResult<Handle<TKind>>.Ok(new Handle<TKind>(tracked.Slot, tracked.Generation))
            : CallResult<Handle<TKind>>.Failure(status);
    }

    /// <summary>Finds the object that a handle names. False for a stale, foreign, forged or wrongly typed one.</summary>
    public bool TryResolve<TKind, TObject>(Handle<TKind> handle, out TObject resolved)
        where TKind : ITrackedKind
        where TObject : TrackedObject
    {
        TrackedObject? entry = Find(handle.Slot, handle.Generation);
        resolved = (entry as TObject)!;
        return resolved is not null && entry!.Kind == TKind.Kind;
    }

    /// <summary>
    /// Takes back one object that the domain gives back, like <see cref="Release"/>. <see cref="CallStatus.BadHandle"/> also for what is not
    /// of a kind that is given back so: a registration stands until no thread is in the domain any more, a thread has to end by itself, and
    /// what other services have given out they take back. <see cref="CallStatus.Busy"/> also for what a driver that is registered stands on.
    /// </summary>
    public CallStatus GiveBack(uint slot, uint generation) => TakeBack(slot, generation, isGivenBack: true);

    /// <summary>
    /// Takes back one object, named by slot and generation. <see cref="CallStatus.Busy"/> while the domain holds parts of it:
    /// the next owner of a device must not find its registers in the hands of the last one.
    /// </summary>
    public CallStatus Release(uint slot, uint generation) => TakeBack(slot, generation, isGivenBack: false);

    /// <summary>The domain has started: see <see cref="TakesRegistrations"/>.</summary>
    public void NoteStarted() => Volatile.Write(ref _hasStarted, true);

    private CallStatus TakeBack(uint slot, uint generation, bool isGivenBack)
    {
        TrackedObject? entry;
        lock (_sync)
        {
            entry = Find(slot, generation);
            if (entry is null || (isGivenBack && !TrackedKinds.AreGivenBack(entry.Kind)))
            {
                return CallStatus.BadHandle;
            }

            if (entry.Parts != 0 || (isGivenBack && IsRegisteredWith(entry.Kind)))
            {
                return CallStatus.Busy;
            }

            if (entry is { StaysWithItsWhole: true, Whole: { } whole })
            {
                entry.IsGivenBack = true;
                whole.KeepsParts = true;
                whole.Parts--;
                return CallStatus.Ok;
            }

            // Out of the table first: from here on no call resolves to it, and nobody releases it twice.
            Remove(entry);
        }

        if (entry.KeepsParts)
        {
            // What has stayed until now must not be reached any more by what it is a part of.
            entry.TryQuiesce(out _);
            while (TakeNewest(entry) is { } part)
            {
                Finish(part, out _);
            }
        }

        return Finish(entry, out _) ? CallStatus.Ok : CallStatus.Failed;
    }

    /// <summary>From here on nothing can be added. The first step of a teardown: what is released must not come back.</summary>
    public void Close()
    {
        lock (_sync)
        {
            _closed = true;
        }
    }

    /// <summary>
    /// Silences every object, newest first: interrupt lines are masked and devices kept from the bus while all of their
    /// memory still exists. Returns those that could not be silenced.
    /// </summary>
    public IReadOnlyList<ReleaseFailure> QuiesceAll()
    {
        List<ReleaseFailure>? failures = null;
        foreach (TrackedObject entry in Snapshot())
        {
            if (!entry.TryQuiesce(out string? failure))
            {
                failures ??= [];
                failures.Add(new ReleaseFailure(entry.Kind, entry.Slot, entry.Description, failure ?? string.Empty));
            }
        }

        return failures ?? (IReadOnlyList<ReleaseFailure>)[];
    }

    /// <summary>
    /// Takes back every object, newest first: nothing may outlive what it points at. A routine that fails is recorded and does
    /// not stop the others. Afterwards the table is closed and empty.
    /// </summary>
    public ReleaseReport ReleaseAll()
    {
        List<ReleaseFailure> failures = [];
        uint released = 0;
        Close();

        // Again: a thread that was in a service while they were silenced may have gone on, and let a device have the bus.
        QuiesceAll();
        while (TakeNewest() is { } entry)
        {
            if (Finish(entry, out string? failure))
            {
                released++;
            }
            else if (failures.Count < MaximumFailuresKept)
            {
                failures.Add(new ReleaseFailure(entry.Kind, entry.Slot, entry.Description, failure ?? string.Empty));
            }
        }

        uint leaked = Volatile.Read(ref _leaked) + _ledger.CountHeldBy(DomainId, failures);
        return new ReleaseReport(released, leaked, failures);
    }

    /// <summary>Describes every object, oldest first.</summary>
    public IReadOnlyList<TrackedObjectInfo> Describe()
    {
        TrackedObject[] newestFirst = Snapshot();
        TrackedObjectInfo[] rows = new TrackedObjectInfo[newestFirst.Length];
        for (int index = 0; index < rows.Length; index++)
        {
            TrackedObject entry = newestFirst[rows.Length - 1 - index];
            rows[index] = new TrackedObjectInfo(
                entry.Kind, entry.Slot, entry.Generation, entry.SizeBytes, entry.Order, entry.Description);
        }

        return rows;
    }

    /// <summary>The objects of a class, newest first.</summary>
    public IReadOnlyList<T> Held<T>()
        where T : class
    {
        List<T> held = [];
        foreach (TrackedObject entry in Snapshot())
        {
            if (entry is T wanted)
            {
                held.Add(wanted);
            }
        }

        return held;
    }

    private TrackedObject? Find(uint slot, uint generation)
    {
        TrackedObject?[] entries = Volatile.Read(ref _entries);
        if (slot >= (uint)entries.Length || generation == 0)
        {
            return null;
        }

        // The generation is the entry's own and never changes, so one read of the slot decides.
        TrackedObject? entry = Volatile.Read(ref entries[slot]);
        return entry is { IsGivenBack: false } && entry.Generation == generation ? entry : null;
    }

    // A registration cannot be given back, so neither can the device that it is for.
    private bool IsRegisteredWith(TrackedKind kind)
    {
        if (TrackedKinds.AreDrivenThrough(kind))
        {
            foreach (TrackedKind registration in TrackedKinds.RegistrationsOfDrivers)
            {
                if (_countByKind[(int)registration] != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Insert(TrackedObject tracked)
    {
        if (_firstFree == NoSlot)
        {
            Grow();
        }

        int slot = _firstFree;
        _firstFree = _nextFree[slot];
        tracked.Slot = (uint)slot;
        tracked.DomainId = DomainId;
        tracked.Order = ++_lastOrder;
        tracked.Generation = _ledger.NextGeneration();
        tracked.Older = _newest;
        if (_newest is not null)
        {
            _newest.Newer = tracked;
        }

        _newest = tracked;
        _count++;
        _countByKind[(int)tracked.Kind]++;
        _ledger.CountCreated(tracked.Kind);

        // The entry must be complete before a call on another thread can resolve it.
        Volatile.Write(ref _entries[slot], tracked);
    }

    private void Remove(TrackedObject tracked)
    {
        int slot = (int)tracked.Slot;
        Volatile.Write(ref _entries[slot], null);
        _nextFree[slot] = _firstFree;
        _firstFree = slot;
        if (tracked.Newer is null)
        {
            _newest = tracked.Older;
        }
        else
        {
            tracked.Newer.Older = tracked.Older;
        }

        if (tracked.Older is not null)
        {
            tracked.Older.Newer = tracked.Newer;
        }

        if (tracked is { Whole: not null, IsGivenBack: false })
        {
            tracked.Whole.Parts--;
        }

        tracked.Newer = null;
        tracked.Older = null;
        _count--;
        _countByKind[(int)tracked.Kind]--;
    }

    private void Grow()
    {
        int oldLength = _entries.Length;
        TrackedObject?[] entries = new TrackedObject?[oldLength + GrowthSlots];
        Array.Copy(_entries, entries, oldLength);
        Array.Resize(ref _nextFree, entries.Length);
        for (int slot = entries.Length - 1; slot >= oldLength; slot--)
        {
            _nextFree[slot] = _firstFree;
            _firstFree = slot;
        }

        Volatile.Write(ref _entries, entries);
    }

    private TrackedObject? TakeNewest(TrackedObject? partOf = null)
    {
        lock (_sync)
        {
            TrackedObject? newest = _newest;
            while (partOf is not null && newest is not null && newest.Whole != partOf)
            {
                newest = newest.Older;
            }

            if (newest is not null)
            {
                Remove(newest);
            }

            return newest;
        }
    }

    private bool Finish(TrackedObject entry, out string? failure)
    {
        bool released = entry.TryRelease(out failure);
        if (!released)
        {
            Interlocked.Increment(ref _leaked);
        }

        Memory.Discharge(entry.SizeBytes);
        _ledger.CountEnd(entry.Kind, released);
        return released;
    }

    private TrackedObject[] Snapshot()
    {
        lock (_sync)
        {
            TrackedObject[] entries = new TrackedObject[_count];
            int index = 0;
            for (TrackedObject? entry = _newest; entry is not null; entry = entry.Older)
            {
                entries[index++] = entry;
            }

            return entries;
        }
    }
}
