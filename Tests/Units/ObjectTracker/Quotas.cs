using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.ObjectTracker;

public sealed class Quotas
{
    private readonly List<string> _events = [];
    private readonly TrackerLedger _ledger = new();

    [Fact]
    public void TheQuotaOfAKindHoldsAndIsGivenBackByRelease()
    {
        HandleTable table = new(1, new ObjectQuotas(100, 1 << 20).With(TrackedKind.Lock, 2), _ledger);
        Handle<TrackedObjects.Lock> first = table.Add<TrackedObjects.Lock>(new FakeObject("a", _events)).Value;
        table.Add<TrackedObjects.Lock>(new FakeObject("b", _events));

        Assert.Equal(CallStatus.QuotaExceeded, table.Add<TrackedObjects.Lock>(new FakeObject("c", _events)).Status);
        Assert.Equal(CallStatus.Ok, table.TryAdd(new FakeObject("t", _events, TrackedKind.Timer)));
        Assert.Equal(CallStatus.Ok, table.Release(first.Slot, first.Generation));
        Assert.True(table.Add<TrackedObjects.Lock>(new FakeObject("d", _events)).Succeeded);
    }

    [Fact]
    public void TheQuotaOfAllKindsTogetherHolds()
    {
        HandleTable table = new(1, new ObjectQuotas(2, 1 << 20), _ledger);
        Assert.Equal(CallStatus.Ok, table.TryAdd(new FakeObject("a", _events)));
        Assert.Equal(CallStatus.Ok, table.TryAdd(new FakeObject("b", _events, TrackedKind.Timer)));

        Assert.Equal(CallStatus.QuotaExceeded, table.TryAdd(new FakeObject("c", _events, TrackedKind.Thread)));
        Assert.Equal(2, _ledger.Live);
    }

    [Fact]
    public void MemoryOfObjectsAndPagesShareOneQuota()
    {
        HandleTable table = new(1, new ObjectQuotas(100, 8192), _ledger);
        Assert.True(table.Memory.TryCharge(4096));
        Assert.Equal(CallStatus.Ok, table.TryAdd(new FakeObject("buffer", _events, TrackedKind.DmaBuffer, 4096)));

        Assert.False(table.Memory.TryCharge(1));
        Assert.Equal(CallStatus.QuotaExceeded, table.TryAdd(new FakeObject("more", _events, TrackedKind.DmaBuffer, 1)));

        table.ReleaseAll();
        Assert.Equal(4096u, table.Memory.LiveBytes);
        Assert.Equal(8192u, table.Memory.PeakBytes);
        Assert.Equal(4096u, table.Memory.DischargeAll());
        Assert.Equal(0u, table.Memory.LiveBytes);
    }

    [Fact]
    public void MemoryIsNeverChargedPastTheQuotaByOverflow()
    {
        MemoryAccount account = new(ulong.MaxValue);
        Assert.True(account.TryCharge(long.MaxValue));
        Assert.False(account.TryCharge(ulong.MaxValue));
        Assert.False(account.TryCharge(1));
    }

    [Fact]
    public void GivingBackMoreMemoryThanWasChargedIsRefused()
    {
        MemoryAccount account = new(100);
        account.TryCharge(10);

        Assert.Throws<InvalidOperationException>(() => account.Discharge(11));
        Assert.Equal(10u, account.LiveBytes);
    }

    [Fact]
    public void AnObjectCannotBeHeldTwice()
    {
        HandleTable table = new(1, ObjectQuotas.Default, _ledger);
        FakeObject held = new("a", _events);
        table.TryAdd(held);

        Assert.Throws<InvalidOperationException>(() => table.TryAdd(held));
        Assert.Throws<ArgumentException>(() => table.Add<TrackedObjects.Timer>(new FakeObject("b", _events)));
    }
}
