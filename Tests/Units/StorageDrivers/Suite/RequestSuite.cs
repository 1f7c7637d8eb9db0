using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.StorageDrivers.Suite;

/// <summary>What becomes of requests.</summary>
public abstract class RequestSuite : DiskSuite
{
    private const long LongerThanAnyRequestMayTake = 31_000_000_000;

    private protected RequestSuite(Func<DeviceBehavior, FakeDiskKernel> makeKernel)
        : base(makeKernel, seed: 72)
    {
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void WhatIsWrittenIsOnTheMediumAndReadAgain(DeviceBehavior behavior)
    {
        FakeDiskKernel kernel = MakeStartedKernel(behavior);

        AssertItWorks(kernel);

        Assert.Equal(8, kernel.Controller.Medium.Flushes);
        AssertNoHarm(kernel);
    }

    // A driver that ran out of room did not ask for the next interrupt, and each request took until somebody looked by the clock.
    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void EachEndIsToldOfAlthoughTheRoomIsNeverMoreThanNeeded(DeviceBehavior behavior)
    {
        FakeDiskKernel kernel = MakeStartedKernel(behavior);
        kernel.Controller.AnswersLater = true;
        for (int round = 0; round < 10; round++)
        {
            DiskRequest read = kernel.Read(0, 8);
            kernel.Push();
            kernel.Controller.AnswerPending();

            kernel.ServeInterrupts();

            Assert.Equal(BlockResult.Done, read.Result);
        }

        AssertNoHarm(kernel);
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void ManyAreUnderWayAtOnceAndEndInAnyOrder(DeviceBehavior behavior)
    {
        FakeDiskKernel kernel = MakeStartedKernel(behavior);
        kernel.Controller.AnswersLater = true;
        for (int round = 0; round < 20; round++)
        {
            List<(DiskRequest Request, byte[] Content)> writes = [];
            for (uint number = 0; number < 100; number++)
            {
                byte[] content = MakeContent(8);
                writes.Add((kernel.Write(number * 8, content), content));
            }

            while (writes.Exists(write => write.Request.Result is null))
            {
                kernel.Push();
                kernel.Controller.AnswerPending(Random);
                kernel.ServeInterrupts();
                kernel.CheckTime(1_000_000);
            }

            for (int number = 0; number < writes.Count; number++)
            {
                Assert.Equal(BlockResult.Done, writes[number].Request.Result);
                Assert.Equal(writes[number].Content, kernel.Controller.Medium.Get((ulong)number * 8, 8).ToArray());
            }
        }

        Assert.Equal((int)kernel.Registered!.Value.QueueDepth, kernel.Controller.MostAtOnce);
        AssertNoHarm(kernel);
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void OnlyTheRequestFailsWhoseSectorIsBad(DeviceBehavior behavior)
    {
        FakeDiskKernel kernel = MakeStartedKernel(behavior);
        kernel.Controller.AnswersLater = true;
        kernel.Controller.Medium.Bad.Add(83);

        DiskRequest[] reads = [.. Enumerable.Range(0, 40).Select(number => kernel.Read((ulong)number * 8, 8))];
        kernel.Settle();

        Assert.All(reads.Select((read, number) => (read, number)), entry => Assert.Equal(
            entry.number == 10 ? BlockResult.DeviceError : BlockResult.Done, entry.read.Result));
        AssertItWorks(kernel);
        AssertNoHarm(kernel);
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void ADeviceThatDoesNotAnswerIsResetAndWorksAgain(DeviceBehavior behavior)
    {
        FakeDiskKernel kernel = MakeStartedKernel(behavior);
        kernel.Controller.AnswersLater = true;
        DiskRequest[] reads = [kernel.Read(0, 8), kernel.Read(64, 8)];
        kernel.Push();
        Assert.Equal(2u, kernel.CheckTime(1_000_000));

        kernel.CheckTime(LongerThanAnyRequestMayTake);
        for (int look = 0; look < 100; look++)
        {
            kernel.CheckTime(10_000_000);
        }

        Assert.All(reads, read => Assert.Equal(BlockResult.TimedOut, read.Result));

        // What it had then it has forgotten: it would reach memory that is no longer theirs.
        kernel.Controller.AnswersLater = false;
        kernel.Controller.AnswerPending();
        AssertItWorks(kernel);
        AssertNoHarm(kernel);
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void NothingEndsWhileTheDeviceStillHasIt(DeviceBehavior behavior)
    {
        FakeDiskKernel kernel = MakeStartedKernel(behavior);
        kernel.Controller.AnswersLater = true;
        DiskRequest[] writes = [.. Enumerable.Range(0, 5).Select(number => kernel.Write((ulong)number * 8, MakeContent(8)))];
        kernel.Push();
        kernel.CheckTime(1_000_000);
        bool isResetting = false;

        // Others look into the driver whenever it asks for the time, and the device goes on working until it is stopped.
        kernel.OnClock = () =>
        {
            if (isResetting)
            {
                kernel.Interrupt();
                kernel.Controller.AnswerPending();
            }
        };
        isResetting = true;
        kernel.CheckTime(LongerThanAnyRequestMayTake);
        isResetting = false;
        kernel.Settle();

        Assert.All(writes, write => Assert.NotNull(write.Result));
        AssertItWorks(kernel);
        AssertNoHarm(kernel);
    }

    [Fact]
    public void AnInterruptOfAnotherDeviceIsNotMine()
    {
        FakeDiskKernel kernel = MakeStartedKernel();
        kernel.ServeInterrupts();

        Assert.Equal(InterruptAnswer.NotMine, kernel.Driver.OnInterrupt(default).Value);
    }
}
