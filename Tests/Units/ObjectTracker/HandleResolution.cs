using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.ObjectTracker;

public sealed class HandleResolution
{
    private readonly List<string> _events = [];
    private readonly TrackerLedger _ledger = new();

    [Fact]
    public void AHandleResolvesToItsObject()
    {
        HandleTable table = NewTable();
        FakeObject held = new("a", _events);
        Handle<TrackedObjects.Lock> handle = table.Add<TrackedObjects.Lock>(held).Value;

        Assert.True(table.TryResolve(handle, out FakeObject found));
        Assert.Same(held, found);
    }

    [Fact]
    public void AStaleHandleNeverReachesTheNextOccupantOfItsSlot()
    {
        HandleTable table = NewTable();
        Handle<TrackedObjects.Lock> stale = table.Add<TrackedObjects.Lock>(new FakeObject("a", _events)).Value;
        Assert.Equal(CallStatus.Ok, table.Release(stale.Slot, stale.Generation));
        Handle<TrackedObjects.Lock> current = table.Add<TrackedObjects.Lock>(new FakeObject("b", _events)).Value;

        Assert.Equal(stale.Slot, current.Slot);
        Assert.False(table.TryResolve(stale, out FakeObject _));
        Assert.True(table.TryResolve(current, out FakeObject _));
        Assert.Equal(CallStatus.BadHandle, table.Release(stale.Slot, stale.Generation));
    }

    [Fact]
    public void AHandleOfAnotherDomainDoesNotResolve()
    {
        HandleTable mine = NewTable();
        HandleTable other = NewTable();
        Handle<TrackedObjects.Lock> foreign = other.Add<TrackedObjects.Lock>(new FakeObject("theirs", _events)).Value;
        mine.Add<TrackedObjects.Lock>(new FakeObject("mine", _events));

        Assert.False(mine.TryResolve(foreign, out FakeObject _));
        Assert.Equal(CallStatus.BadHandle, mine.Release(foreign.Slot, foreign.Generation));
        Assert.Equal(1u, other.Count);
    }

    [Fact]
    public void AHandleOfAnotherKindDoesNotResolve()
    {
        HandleTable table = NewTable();
        Handle<TrackedObjects.Lock> handle = table.Add<TrackedObjects.Lock>(new FakeObject("a", _events)).Value;

        Assert.False(table.TryResolve(new Handle<TrackedObjects.Timer>(handle.Slot, handle.Generation), out FakeObject _));
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(31u, 1u)]
    [InlineData(32u, 1u)]
    [InlineData(uint.MaxValue, 1u)]
    [InlineData(0u, uint.MaxValue)]
    public void AForgedHandleDoesNotResolve(uint slot, uint generation)
    {
        HandleTable table = NewTable();
        table.Add<TrackedObjects.Lock>(new FakeObject("a", _events));

        Assert.False(table.TryResolve(new Handle<TrackedObjects.Lock>(slot, generation), out FakeObject _));
        Assert.Equal(CallStatus.BadHandle, table.Release(slot, generation));
        Assert.Equal(1u, table.Count);
    }

    [Fact]
    public void TheGenerationPassesOverZeroWhenItWraps()
    {
        HandleTable table = new(1, ObjectQuotas.Default, new TrackerLedger(uint.MaxValue - 1));
        Handle<TrackedObjects.Lock> last = table.Add<TrackedObjects.Lock>(new FakeObject("a", _events)).Value;
        Handle<TrackedObjects.Lock> first = table.Add<TrackedObjects.Lock>(new FakeObject("b", _events)).Value;

        Assert.Equal(uint.MaxValue, last.Generation);
        Assert.Equal(1u, first.Generation);
        Assert.True(table.TryResolve(first, out FakeObject _));
    }

    [Fact]
    public void TheTableGrowsAndEveryHandleStaysValid()
    {
        HandleTable table = new(1, new ObjectQuotas(1000, 1 << 20), _ledger);
        List<Handle<TrackedObjects.Lock>> handles = [];
        for (int index = 0; index < 1000; index++)
        {
            handles.Add(table.Add<TrackedObjects.Lock>(new FakeObject($"{index}", _events)).Value);
        }

        for (int index = 0; index < handles.Count; index++)
        {
            Assert.True(table.TryResolve(handles[index], out FakeObject found));
            Assert.Equal($"{index}", found.Description);
        }
    }

    private HandleTable NewTable() => new(1, ObjectQuotas.Default, _ledger);
}
