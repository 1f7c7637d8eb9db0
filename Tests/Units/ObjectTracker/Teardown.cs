using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.ObjectTracker;

public sealed class Teardown
{
    private readonly List<string> _events = [];
    private readonly TrackerLedger _ledger = new();

    private IEnumerable<string> Releases => _events.Where(line => line.StartsWith("release", StringComparison.Ordinal));

    [Fact]
    public void ObjectsAreReleasedNewestFirst()
    {
        HandleTable table = NewTable();
        table.TryAdd(new FakeObject("a", _events));
        table.TryAdd(new FakeObject("b", _events));
        table.TryAdd(new FakeObject("c", _events));

        ReleaseReport report = table.ReleaseAll();

        Assert.Equal(["release c", "release b", "release a"], Releases);
        Assert.Equal(3u, report.Released);
        Assert.Equal(0u, report.Leaked);
        Assert.Equal(0u, table.Count);
        Assert.Equal(0, _ledger.Live);
    }

    [Fact]
    public void TheOrderIsThatOfCreationEvenWhenSlotsWereReused()
    {
        HandleTable table = NewTable();
        FakeObject first = new("a", _events);
        table.TryAdd(first);
        table.TryAdd(new FakeObject("b", _events));
        table.Release(first.Slot, first.Generation);
        table.TryAdd(new FakeObject("c", _events));
        _events.Clear();

        table.ReleaseAll();

        Assert.Equal(["release c", "release b"], Releases);
    }

    // Trials e1000e 108, rtl8139 32 and pcnet32 13 of seed 81: a driver gave buffers back and let its device write to them, where others' memory was.
    [Fact]
    public void MemoryOfADeviceStaysUntilTheDeviceIsGivenBack()
    {
        HandleTable table = NewTable();
        FakeObject device = new("device", _events);
        FakeObject memory = new("memory", _events, sizeBytes: 4096) { Stays = true };
        table.TryAdd(device);
        table.TryAdd(memory, device);

        Assert.Equal(CallStatus.Ok, table.Release(memory.Slot, memory.Generation));
        Assert.Equal(CallStatus.BadHandle, table.Release(memory.Slot, memory.Generation));
        Assert.Equal((2u, 0, 4096ul), (table.Count, Releases.Count(), table.Memory.LiveBytes));

        Assert.Equal(CallStatus.Ok, table.Release(device.Slot, device.Generation));
        Assert.Equal(["quiesce device", "release memory", "release device"], _events);
        Assert.Equal((0u, 0, 0ul), (table.Count, _ledger.Live, table.Memory.LiveBytes));
    }

    [Fact]
    public void AndUntilTheEndOfADomainThatKeepsTheDevice()
    {
        HandleTable table = NewTable();
        FakeObject device = new("device", _events);
        FakeObject memory = new("memory", _events) { Stays = true };
        table.TryAdd(device);
        table.TryAdd(memory, device);
        table.Release(memory.Slot, memory.Generation);
        Assert.Equal((2u, 0u), (table.ReleaseAll().Released, table.Count));
        Assert.Equal(["release memory", "release device"], Releases);
    }

    [Fact]
    public void ADeviceIsNotGivenBackWhileItsRegistersAreHeld()
    {
        HandleTable table = NewTable();
        FakeObject device = new("device", _events);
        FakeObject registers = new("registers", _events);
        Assert.Equal(CallStatus.Ok, table.TryAdd(device));
        Assert.Equal(CallStatus.Ok, table.TryAdd(registers, device));

        Assert.Equal(CallStatus.Busy, table.Release(device.Slot, device.Generation));
        Assert.Equal((2u, 0), (table.Count, Releases.Count()));

        Assert.Equal(CallStatus.Ok, table.Release(registers.Slot, registers.Generation));
        Assert.Equal(CallStatus.Ok, table.Release(device.Slot, device.Generation));
        Assert.Equal(CallStatus.BadHandle, table.TryAdd(new FakeObject("late", _events), device));
        Assert.Equal(["release registers", "release device"], Releases);
    }

    // By numbers that it can guess a domain gave its threads back and went on with them, so that it could have any number.
    [Theory]
    [InlineData(TrackedKind.Thread)]
    [InlineData(TrackedKind.NetworkDevice)]
    [InlineData(TrackedKind.MemoryPages)]
    [InlineData(TrackedKind.Socket)]
    public void WhatEndsOtherwiseIsNotGivenBackByItsNumbers(TrackedKind kind)
    {
        HandleTable table = NewTable();
        FakeObject held = new("held", _events, kind);
        FakeObject line = new("line", _events, TrackedKind.InterruptLine);
        table.TryAdd(held);
        table.TryAdd(line);

        Assert.Equal(CallStatus.BadHandle, table.GiveBack(held.Slot, held.Generation));
        Assert.Equal(CallStatus.Ok, table.GiveBack(line.Slot, line.Generation));
        Assert.Equal(CallStatus.BadHandle, table.GiveBack(line.Slot, line.Generation));
        Assert.Equal(["release line"], Releases);
        Assert.Equal(1u, table.Count);
    }

    // The next driver was given the device while the kernel went on calling the last one for it.
    [Theory]
    [InlineData(TrackedKind.NetworkDevice, TrackedKind.Device)]
    [InlineData(TrackedKind.BlockDevice, TrackedKind.Device)]
    [InlineData(TrackedKind.SoundDevice, TrackedKind.PortRange)]
    [InlineData(TrackedKind.SoundDevice, TrackedKind.DmaChannel)]
    public void ADriverThatIsRegisteredKeepsItsDevice(TrackedKind registration, TrackedKind kind)
    {
        HandleTable table = NewTable();
        FakeObject held = new("held", _events, kind);
        FakeObject other = new("other", _events, kind);
        table.TryAdd(held);
        table.TryAdd(other);
        Assert.Equal(CallStatus.Ok, table.GiveBack(other.Slot, other.Generation));
        table.TryAdd(new FakeObject("registration", _events, registration));
        Assert.Equal(CallStatus.Busy, table.GiveBack(held.Slot, held.Generation));
        table.ReleaseAll();
        Assert.Equal(["release other", "release registration", "release held"], Releases);
    }

    [Fact]
    public void ARoutineThatThrowsOrFailsIsRecordedAndDoesNotStopTheOthers()
    {
        HandleTable table = NewTable();
        table.TryAdd(new FakeObject("a", _events));
        table.TryAdd(new FakeObject("b", _events) { Throws = new InvalidOperationException("stuck") });
        table.TryAdd(new FakeObject("c", _events) { Fails = true });
        table.TryAdd(new FakeObject("d", _events));

        ReleaseReport report = table.ReleaseAll();

        Assert.Equal(["release d", "release c", "release b", "release a"], Releases);
        Assert.Equal(2u, report.Released);
        Assert.Equal(2u, report.Leaked);
        Assert.Equal(["c", "b"], report.Failures.Select(failure => failure.Description));
        Assert.Equal("stuck", report.Failures[1].Reason);
        Assert.Equal(2, _ledger.Leaked);
        Assert.Equal(0, _ledger.Live);
    }

    [Fact]
    public void EverythingIsSilencedBeforeAnythingIsReleased()
    {
        HandleTable table = NewTable();
        table.TryAdd(new FakeObject("device", _events, TrackedKind.Device));
        table.TryAdd(new FakeObject("buffer", _events, TrackedKind.DmaBuffer));

        Assert.Empty(table.QuiesceAll());
        table.ReleaseAll();

        // Twice: a service that was under way the first time may have woken the device.
        Assert.Equal(
            ["quiesce buffer", "quiesce device", "quiesce buffer", "quiesce device", "release buffer", "release device"], _events);
    }

    [Fact]
    public void AnObjectThatCannotBeSilencedIsReported()
    {
        HandleTable table = NewTable();
        table.TryAdd(new FakeObject("a", _events) { Throws = new InvalidOperationException("no") });
        table.TryAdd(new FakeObject("b", _events));

        ReleaseFailure failure = Assert.Single(table.QuiesceAll());

        Assert.Equal(("a", "no"), (failure.Description, failure.Reason));
    }

    [Fact]
    public void NothingCanBeAddedToAClosedTable()
    {
        HandleTable table = NewTable();
        table.Close();

        Assert.Equal(CallStatus.Cancelled, table.TryAdd(new FakeObject("late", _events)));
        Assert.Equal(0, _ledger.Live);
    }

    [Fact]
    public void AnObjectAlreadyGivenBackIsNotReleasedTwice()
    {
        HandleTable table = NewTable();
        FakeObject held = new("a", _events);
        table.TryAdd(held);
        table.Release(held.Slot, held.Generation);

        ReleaseReport report = table.ReleaseAll();

        Assert.Equal(["release a"], _events);
        Assert.Equal((0u, 0u), (report.Released, report.Leaked));
    }

    [Fact]
    public void WhatAProbeStillFindsCountsAsLeaked()
    {
        _ledger.AddProbe(new FixedProbe("interrupt lines", 7, 2));
        HandleTable other = new(8, ObjectQuotas.Default, _ledger);
        HandleTable table = new(7, ObjectQuotas.Default, _ledger);

        Assert.Equal(0u, other.ReleaseAll().Leaked);
        ReleaseReport report = table.ReleaseAll();

        Assert.Equal(2u, report.Leaked);
        Assert.Equal("interrupt lines", Assert.Single(report.Failures).Description);
    }

    [Fact]
    public void ObjectsAreDescribedOldestFirst()
    {
        HandleTable table = NewTable();
        table.TryAdd(new FakeObject("a", _events, TrackedKind.Device));
        table.TryAdd(new FakeObject("b", _events, TrackedKind.DmaBuffer, 4096));

        IReadOnlyList<TrackedObjectInfo> rows = table.Describe();

        Assert.Equal(["a", "b"], rows.Select(row => row.Description));
        Assert.Equal(4096u, rows[1].SizeBytes);
        Assert.True(rows[0].Order < rows[1].Order);
    }

    private HandleTable NewTable() => new(7, ObjectQuotas.Default, _ledger);

    private sealed class FixedProbe(string name, uint domainId, uint count) : ILeakProbe
    {
        public string Name => name;

        public uint CountHeldBy(uint domain) => domain == domainId ? count : 0;
    }
}
