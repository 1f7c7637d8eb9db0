using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>Where devices are kept from memory, they reach that of the requests that their driver has, and of no other.</summary>
public sealed class MemoryLentToDevices
{
    private readonly List<Reach> _instances = [];

    [Theory]
    [InlineData(BlockOperation.Read, true)]
    [InlineData(BlockOperation.Write, false)]
    public void IsThatOfRequestsThatTheDriverHas(BlockOperation operation, bool isFilled)
    {
        StorageRig rig = Start();
        Transfer transfer = Begin(rig, operation);
        Assert.Empty(_instances[0].Lent);
        rig.Shadow.Pump();
        Assert.Equal([(transfer.Page, isFilled)], _instances[0].Lent);
        rig.Complete(rig.Device.Serve());
        Assert.Empty(_instances[0].Lent);
        Assert.Equal(BlockResult.Done, transfer.Request.Result);
    }

    // Whoever hears of the end uses the page for something else.
    [Fact]
    public void IsReachedByNobodyWhenTheEndIsTold()
    {
        StorageRig rig = Start();
        bool? wasSettled = null;
        Begin(rig, BlockOperation.Read, () => wasSettled = _instances[0].IsSettled);
        rig.Shadow.Pump();
        rig.Complete(rig.Device.Serve());
        Assert.True(wasSettled);
    }

    [Fact]
    public void IsTakenBackWhileTheRequestIsTriedAgain()
    {
        StorageRig rig = Start();
        rig.Device.BadSectors.Add(0);
        Transfer transfer = Begin(rig, BlockOperation.Read);
        rig.Shadow.Pump();
        rig.Device.TakesNothing = true;
        rig.Complete(rig.Device.Serve());
        Assert.Empty(_instances[0].Lent);
        rig.Device.BadSectors.Clear();
        rig.Device.TakesNothing = false;
        rig.StepUntilQuiet();
        Assert.Equal(BlockResult.Done, transfer.Request.Result);
        Assert.Empty(_instances[0].Lent);
    }

    [Fact]
    public void IsLentToTheNextInstanceAsToTheFirst()
    {
        StorageRig rig = Start();
        Transfer transfer = Begin(rig, BlockOperation.Write);
        rig.Shadow.Pump();
        rig.Replace();
        Assert.Empty(_instances[0].Lent);
        rig.Shadow.Pump();
        Assert.Equal([(transfer.Page, false)], _instances[1].Lent);
    }

    // Without memory for tables a request waits; nobody hears of an error.
    [Fact]
    public void IsWaitedForIfThereAreNoTablesForIt()
    {
        StorageRig rig = Start();
        _instances[0].HasRoom = false;
        Transfer transfer = Begin(rig, BlockOperation.Read);
        rig.Shadow.Pump();
        Assert.Equal(0, rig.Device.Outstanding);
        _instances[0].HasRoom = true;
        rig.StepUntilQuiet();
        Assert.Equal(BlockResult.Done, transfer.Request.Result);
        Assert.Empty(rig.Faults);
    }

    // Who is told that a disk is gone uses the page for something else, whether or not the driver that had it is alive.
    [Fact]
    public void IsReachedByNobodyWhenTheDiskIsGone()
    {
        StorageRig rig = Start();
        bool? wasSettled = null;
        Begin(rig, BlockOperation.Read, () => wasSettled = _instances[0].IsSettled);
        rig.Shadow.Pump();
        rig.Shadow.ExtensionGone(StorageRig.DomainId);
        Assert.True(wasSettled);
    }

    private static Transfer Begin(StorageRig rig, BlockOperation operation, Action? ended = null)
    {
        Assert.True(rig.Pages.TryTake(out ulong page));
        BlockTransfer request = new(_ => ended?.Invoke()) { Operation = operation, SectorCount = 1, Result = BlockResult.Refused };
        request.Add(page, SimulatedDisk.SectorBytes);
        rig.Attached.Disk.Add(request);
        return new Transfer(request, page);
    }

    private StorageRig Start()
    {
        StorageRig rig = new()
        {
            MakeReach = () =>
            {
                _instances.Add(new Reach());
                return _instances[^1];
            },
        };
        rig.Start();
        rig.StepUntilQuiet();
        return rig;
    }

    private sealed record Transfer(BlockTransfer Request, ulong Page);

    private sealed class Reach : IDeviceReach
    {
        public List<(ulong Page, bool IsFilled)> Lent { get; } = [];

        public bool HasRoom { get; set; } = true;

        public bool IsSettled { get; private set; } = true;

        public bool TryLend(ReadOnlySpan<BlockSegment> segments, bool isFilled)
        {
            if (HasRoom)
            {
                Lent.AddRange(segments.ToArray().Select(segment => (segment.DeviceAddress, isFilled)));
            }

            return HasRoom;
        }

        public void TakeBack(ReadOnlySpan<BlockSegment> segments)
        {
            foreach (BlockSegment segment in segments)
            {
                Assert.Equal(1, Lent.RemoveAll(lent => lent.Page == segment.DeviceAddress));
            }

            IsSettled = false;
        }

        public void Settle() => IsSettled = true;
    }
}
