using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using NooksOS.Storage;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>Drivers are called for many requests together, where nobody has to wait for that.</summary>
public sealed class FewCallsOfDrivers
{
    private const int SectorsPerPage = 8;

    [Fact]
    public void EndsThatNobodyWaitsForWaitUntilThereIsNothingElseToDo()
    {
        StorageRig rig = new();
        rig.Start();
        Begin(rig, isPatient: true);
        Assert.True(rig.Shadow.TryTakeLine(StorageRig.DomainId, rig.Line));
        Assert.False(rig.Work.IsSet);
        Assert.True(rig.PatientWork.IsSet);

        // And not for ever: the driver is asked then whatever else there is to do.
        Assert.InRange(rig.Shadow.Pump(), 0, rig.Clock.NowNanoseconds + new BlockShadowOptions().QuestionNanoseconds);
        Assert.Single(rig.Line.Releases);
    }

    [Fact]
    public void WhoBeginsToWaitHearsOfWhatHasEndedAtOnce()
    {
        StorageRig rig = new();
        rig.Start();
        Begin(rig, isPatient: true);
        Assert.True(rig.Shadow.TryTakeLine(StorageRig.DomainId, rig.Line));
        rig.Attached.Disk.BeginWait();
        Assert.True(rig.Work.IsSet);
        rig.Work.Wait(0);
        rig.Shadow.Pump();
        Assert.True(rig.Shadow.TryTakeLine(StorageRig.DomainId, rig.Line));
        Assert.True(rig.Work.IsSet);
        rig.Attached.Disk.EndWait();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void WhatSomebodyWaitsForAndWhatNobodyKnowsIsLookedAtAtOnce(bool isUnderWay, bool isShared)
    {
        StorageRig rig = new();
        rig.Start();
        Begin(rig, isPatient: true);
        if (isUnderWay)
        {
            Begin(rig, isPatient: false);
        }
        else if (!isShared)
        {
            rig.Complete(rig.Device.Serve());
        }

        rig.Work.Wait(0);
        Assert.True(rig.Shadow.TryTakeLine(StorageRig.DomainId, new FakeLine { IsShared = isShared }));
        Assert.True(rig.Work.IsSet);
    }

    [Fact]
    public void TheDiskIsGivenMoreToWriteWhenHalfOfWhatItHadHasEnded()
    {
        CacheOptions options = new();
        StorageRig rig = new(cachePages: 1024);
        rig.Start();
        int writes = options.MaximumWrites * 5;
        for (int page = 0; page < writes; page++)
        {
            // Not next to each other, or they would be one.
            rig.Fill((ulong)(page * 2 * SectorsPerPage), SectorsPerPage, 1);
        }

        Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        int[] batches = [.. rig.Device.Batches];
        Assert.Equal(options.MaximumWrites, batches[0]);
        Assert.All(batches[1..^2], count => Assert.Equal(options.MaximumWrites / 2, count));
        Assert.Equal(writes + 1, batches.Sum());
    }

    [Fact]
    public void WhoReadsOnIsGivenMoreWhenHalfOfWhatWasReadAheadIsLeft()
    {
        const int Sectors = 16_384;
        StorageRig rig = new(sectorCount: Sectors, cachePages: 4096);
        rig.Start();
        for (int sector = 0; sector < Sectors; sector += SectorsPerPage)
        {
            rig.Read((ulong)sector, SectorsPerPage);
        }

        Assert.InRange(rig.Device.Batches.Count, 1, (Sectors / SectorsPerPage / (int)new CacheOptions().AheadPages * 2) + 8);
    }

    private static void Begin(StorageRig rig, bool isPatient)
    {
        BlockTransfer transfer = new(static _ => { })
        {
            Operation = BlockOperation.Read,
            FirstSector = isPatient ? 0u : SectorsPerPage,
            SectorCount = 1,
            IsPatient = isPatient,
        };
        Assert.True(rig.Pages.TryTake(out ulong page));
        transfer.Add(page, SimulatedDisk.SectorBytes);
        rig.Attached.Disk.Submit(transfer);
        rig.Shadow.Pump();
        rig.Work.Wait(0);
    }
}
