using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;
using NooksOS.Drivers.VirtioBlk;
using NooksOS.Tests.Units.StorageDrivers;
using Xunit;

namespace NooksOS.Tests.Units.VirtioBlk;

/// <summary>What is particular to virtio block devices.</summary>
public sealed class Particulars
{
    private readonly VirtioDiskKernel _kernel = new();

    private BlockDeviceDescription Disk => _kernel.Registered!.Value;

    [Fact]
    public void OnlyWhatTheDriverKnowsIsAccepted()
    {
        _kernel.Start();

        Assert.Equal(DiskFeatures.Wanted & ~DiskFeatures.ReadOnly, _kernel.Model.Common.Accepted);
    }

    [Fact]
    public void WithNothingButTheNecessaryItWorks()
    {
        _kernel.Model.Common.Offered = VirtioFeatures.Version1;
        _kernel.Start();

        Assert.Equal((1u, BlockDeviceFeatures.None), (Disk.MaximumSegments, Disk.Features));
        DiskRequest read = _kernel.Read(8, 8);
        DiskRequest flush = _kernel.Flush();
        _kernel.Settle();
        Assert.Equal((BlockResult.Done, BlockResult.Done), (read.Result, flush.Result));
        Assert.Equal(0, _kernel.Model.Medium.Flushes);
        Assert.Empty(_kernel.Model.Complaints);
    }

    [Fact]
    public void ADeviceThatWritesThroughHasNoVolatileCache()
    {
        _kernel.Model.WriteBack = 0;
        _kernel.Start();

        Assert.Equal(BlockDeviceFeatures.None, Disk.Features);
    }

    [Fact]
    public void ADeviceThatCannotBeWrittenIsReadOnly()
    {
        _kernel.Model.Common.Offered |= DiskFeatures.ReadOnly;
        _kernel.Start();

        Assert.Equal(BlockDeviceFeatures.ReadOnly | BlockDeviceFeatures.VolatileCache, Disk.Features);
    }

    [Fact]
    public void LongSectorsAreCountedInUnitsOf512Bytes()
    {
        _kernel.Model.SectorBytes = 4096;
        _kernel.Start();

        Assert.Equal((4096u, (ulong)SimulatedMedium.SectorCount / 8), (Disk.SectorBytes, Disk.SectorCount));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(256u)]
    [InlineData(1000u)]
    [InlineData(8192u)]
    public void SectorsThatNoDiskHasAreRefused(uint sectorBytes)
    {
        _kernel.Model.SectorBytes = sectorBytes;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
        Assert.False(_kernel.Memory.IsBusMaster);
    }

    [Fact]
    public void ADeviceThatTakesNoWholePageIsRefused()
    {
        _kernel.Model.MaximumSegmentBytes = 2048;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AQueueThatHoldsNoRequestIsRefused(int size)
    {
        _kernel.Model.QueueSize = (ushort)size;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
    }

    [Theory]
    [InlineData(4, 2u)]
    [InlineData(16, 14u)]
    [InlineData(256, 32u)]
    public void NoRequestIsLongerThanTheQueue(int size, uint segments)
    {
        _kernel.Model.QueueSize = (ushort)size;
        _kernel.Start();

        Assert.Equal(segments, Disk.MaximumSegments);
        DiskRequest read = _kernel.Read(0, 8 * segments);
        _kernel.Settle();
        Assert.Equal(BlockResult.Done, read.Result);
        Assert.Empty(_kernel.Model.Complaints);
    }

    [Fact]
    public void ADeviceThatGivesUpIsResetAndItsRequestsAreCarriedOut()
    {
        _kernel.Start();
        _kernel.Model.AnswersLater = true;
        DiskRequest read = _kernel.Read(0, 8);
        _kernel.Push();
        _kernel.Model.Common.GiveUp();

        _kernel.Settle();

        Assert.Equal((BlockResult.Done, 1), (read.Result, _kernel.Aborts));
        Assert.Equal(0, _kernel.Memory.StrayAccesses);
    }
}
