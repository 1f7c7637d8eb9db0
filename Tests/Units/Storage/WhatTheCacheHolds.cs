using System;
using NooksOS.Contracts;
using NooksOS.Storage;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>Everybody reads what was written last, whatever becomes of the driver, and with little memory.</summary>
public sealed class WhatTheCacheHolds
{
    private const int Sectors = 2000;

    [Theory]
    [InlineData(1, 16, 0)]
    [InlineData(2, 16, 10)]
    [InlineData(3, 64, 10)]
    [InlineData(4, 1000, 0)]
    [InlineData(5, 12, 3)]
    public void IsWhatWasWrittenLast(int seed, uint cachePages, int deathsPerSteps)
    {
        // An odd size: the last page of the disk is shorter than others.
        StorageRig rig = new(seed, Sectors + 3, cachePages) { DeathsPerSteps = deathsPerSteps };
        Random random = new(seed);
        random.NextBytes(rig.Device.Contents);
        byte[] expected = rig.Device.Contents.ToArray();
        rig.Start();
        for (int operation = 0; operation < 600; operation++)
        {
            int first = random.Next(Sectors + 3);
            int count = Math.Min(random.Next(1, 40), Sectors + 3 - first);
            Span<byte> place = expected.AsSpan(first * SimulatedDisk.SectorBytes, count * SimulatedDisk.SectorBytes);
            switch (random.Next(5))
            {
                case < 2:
                    Assert.Equal(place.ToArray(), rig.Read((ulong)first, count));
                    break;
                case < 4:
                    byte[] bytes = rig.NextBytes(count);
                    bytes.CopyTo(place);
                    Assert.Equal(CallStatus.Ok, rig.Volume.Write((ulong)first, bytes));
                    break;
                default:
                    Assert.Equal(CallStatus.Ok, random.Next(3) == 0 ? rig.Volume.Flush() : rig.Volume.Order());
                    break;
            }
        }

        Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        Assert.Equal(expected, rig.Device.Contents.ToArray());
        Assert.Empty(rig.Faults);
        Assert.Equal(deathsPerSteps != 0, rig.Deaths != 0);
    }

    [Fact]
    public void OneBadSectorDoesNotMakeItsNeighboursUnreadable()
    {
        StorageRig rig = new();
        rig.Device.BadSectors.Add(40);
        rig.Start();
        byte[] bytes = new byte[64 * SimulatedDisk.SectorBytes];
        Assert.Equal(CallStatus.Failed, rig.Volume.Read(0, bytes));
        rig.Read(0, 40);
        rig.Read(48, 100);
        Assert.Equal(CallStatus.Failed, rig.Volume.Read(40, bytes.AsSpan(0, SimulatedDisk.SectorBytes)));
        rig.Device.BadSectors.Clear();
        Assert.Equal(CallStatus.Ok, rig.Volume.Read(40, bytes.AsSpan(0, SimulatedDisk.SectorBytes)));
    }

    [Fact]
    public void AWriteThatTheDiskRefusesLetsNothingLaterThrough()
    {
        StorageRig rig = new();
        rig.Start();
        rig.Device.BadSectors.Add(16);
        rig.Fill(16, 8, 1);
        rig.Volume.Order();
        rig.Fill(64, 8, 2);
        Assert.Equal(CallStatus.Failed, rig.Volume.Flush());
        Assert.Empty(rig.Device.Trace);
        Assert.Equal(CallStatus.Failed, rig.Volume.Write(0, new byte[SimulatedDisk.SectorBytes]));
        Assert.Equal(CallStatus.Failed, rig.Volume.Order());
        rig.Read(512, 8);
    }

    [Fact]
    public void ADiskThatIsGoneAnswersAndDoesNotHang()
    {
        StorageRig rig = new();
        rig.Start();
        rig.Read(0, 8);
        IBlockVolume volume = rig.Volume;
        rig.Fill(8, 8, 1);
        rig.Shadow.ExtensionGone(StorageRig.DomainId);
        Assert.Empty(rig.Registry.Disks);
        byte[] bytes = new byte[SimulatedDisk.SectorBytes];
        Assert.Equal(CallStatus.NotFound, volume.Read(1000, bytes));
        Assert.Equal(CallStatus.NotFound, volume.Write(0, bytes));
        Assert.Equal(CallStatus.NotFound, volume.Flush());
    }

    [Theory]
    [InlineData(4096, 512)]
    [InlineData(4095, 1024)]
    [InlineData(0, 100)]
    [InlineData(ulong.MaxValue, 512)]
    public void WhatLiesOutsideIsRefused(ulong firstSector, int lengthBytes)
    {
        StorageRig rig = new();
        rig.Start();
        Assert.Equal(CallStatus.BadParameter, rig.Volume.Read(firstSector, new byte[lengthBytes]));
        Assert.Equal(CallStatus.BadParameter, rig.Volume.Write(firstSector, new byte[lengthBytes]));
    }
}
