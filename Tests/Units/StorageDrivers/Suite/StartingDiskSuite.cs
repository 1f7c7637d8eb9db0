using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.StorageDrivers.Suite;

/// <summary>A driver starts with a disk that it can use, or says why not.</summary>
public abstract class StartingDiskSuite : DiskSuite
{
    private protected StartingDiskSuite(Func<DeviceBehavior, FakeDiskKernel> makeKernel)
        : base(makeKernel, seed: 71)
    {
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void TheDiskIsRegisteredAsItIs(DeviceBehavior behavior)
    {
        FakeDiskKernel kernel = MakeStartedKernel(behavior);

        BlockDeviceDescription disk = kernel.Registered!.Value;
        Assert.Equal((SimulatedMedium.SectorCount, SimulatedMedium.SectorBytes), ((uint)disk.SectorCount, disk.SectorBytes));
        Assert.Equal(BlockDeviceFeatures.VolatileCache, disk.Features);
        Assert.InRange(disk.QueueDepth, 1u, (uint)BlockLimits.RequestsPerCall);
        Assert.InRange(disk.MaximumSegments, 1u, (uint)BlockLimits.SegmentsPerRequest);
        Assert.Equal(SimulatedDiskController.SerialNumber, kernel.Serial);
        AssertNoHarm(kernel);
    }

    [Fact]
    public void WithoutADeviceItSaysSo()
    {
        FakeDiskKernel kernel = MakeKernel();
        kernel.HasDevice = false;

        Assert.Equal(CallStatus.NotFound, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void ADeviceThatIsGoneIsRefused()
    {
        FakeDiskKernel kernel = MakeKernel();
        kernel.Controller.ReadFilter = (_, _) => uint.MaxValue;

        Assert.NotEqual(CallStatus.Ok, kernel.Driver.Start(kernel).Status);
        Assert.False(kernel.Memory.IsBusMaster);
    }

    [Fact]
    public void EveryRefusalOfTheKernelIsAnOutcomeAndNotAnException()
    {
        int grants = 0;
        FakeDiskKernel kernel = MakeKernel();
        kernel.Grants = grants;
        while (kernel.Driver.Start(kernel).Status is CallStatus.Failed or CallStatus.Busy)
        {
            // One that did not start used to leave its device on the bus, set up to receive.
            Assert.False(kernel.Memory.IsBusMaster);
            Assert.Equal(CallStatus.Ok, kernel.Driver.Stop().Status);
            Assert.True(++grants < 20, "it never starts");
            kernel = MakeKernel();
            kernel.Grants = grants;
        }

        // At the very least the window, the memory, the line and the registration.
        Assert.True(grants >= 4);
        AssertItWorks(kernel);
    }

    [Fact]
    public void StartedTwiceItIsBusy()
    {
        FakeDiskKernel kernel = MakeStartedKernel();

        Assert.Equal(CallStatus.Busy, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void StoppedItIsOffTheBus()
    {
        FakeDiskKernel kernel = MakeStartedKernel();
        kernel.Controller.AnswersLater = true;
        kernel.Read(5, 8);
        kernel.Push();

        kernel.Driver.Stop();
        kernel.Controller.AnswerPending();

        Assert.False(kernel.Memory.IsBusMaster);
        Assert.False(kernel.Controller.IsLineAsserted);
        AssertNoHarm(kernel);
    }

    [Fact]
    public void ARequestThatCannotBeIsRefused()
    {
        FakeDiskKernel kernel = MakeStartedKernel();
        BlockRequest request = new()
        {
            Id = 1, Unit = kernel.Registered!.Value.Unit, FirstSector = SimulatedMedium.SectorCount - 7, SectorCount = 8, SegmentCount = 1,
        };
        BlockSegment segment = new() { DeviceAddress = 0x1000, LengthBytes = 4096 };
        BlockRequest[] impossible =
        [
            request,
            request with { FirstSector = ulong.MaxValue - 3 },
            request with { FirstSector = 0, Unit = 31 },
            request with { FirstSector = 0, SegmentCount = 2 },
            request with { FirstSector = 0, FirstSegment = uint.MaxValue },
            request with { FirstSector = 0, SectorCount = 7 },
            request with { FirstSector = 0, SectorCount = 0 },
            request with { FirstSector = 0, Operation = (BlockOperation)3 },
            request with { FirstSector = 0, Operation = BlockOperation.Flush },
        ];

        Assert.All(impossible, one => AssertRefused(kernel, one, segment));
        AssertRefused(kernel, request with { FirstSector = 0 }, segment with { DeviceAddress = 2 });
        AssertItWorks(kernel);
        AssertNoHarm(kernel);
    }

    private static void AssertRefused(FakeDiskKernel kernel, BlockRequest request, BlockSegment segment)
    {
        BlockCompletion[] ended = new BlockCompletion[2];
        BlockExchange exchange = kernel.Driver.Exchange([request], [segment], ended, looks: false).Value;
        Assert.Equal(new BlockExchange(1, 1), exchange);
        Assert.Equal((request.Id, request.Unit, BlockResult.Refused), (ended[0].Id, ended[0].Unit, ended[0].Result));
    }
}
