using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>What happens at a running virtio network device, and at no other.</summary>
public sealed class Particulars
{
    private readonly Random _random = new(33);
    private readonly VirtioKernel _kernel = new();

    [Fact]
    public void ADeviceThatGivesUpIsBroughtUpAgain()
    {
        _kernel.StartAndHear();
        _kernel.Device.Common.GiveUp();
        Assert.False(_kernel.Driver.GetLink().Value.IsUp);

        _kernel.ServeInterrupts();

        AssertTrafficFlows();
    }

    [Fact]
    public void ARingWithSomethingImpossibleMakesTheDriverStartOver()
    {
        _kernel.StartAndHear();
        _kernel.Device.TransmitsLater = true;
        _kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast));
        _kernel.Device.Queues[1].Use(200, 0);
        _kernel.Device.Common.Raise(VirtioInterrupt.Queue);

        _kernel.ServeInterrupts();

        Assert.Equal(1u, _kernel.Completed);
        Assert.Equal(1u, _kernel.Driver.GetStatistics().Value.TransmitErrors);
        _kernel.Device.TransmitsLater = false;
        AssertTrafficFlows();
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(11u)]
    [InlineData(12u)]
    [InlineData(25u)]
    [InlineData(12u + 1519)]
    [InlineData(2049u)]
    [InlineData(uint.MaxValue)]
    public void AFrameOfAnImpossibleLengthIsAnErrorAndTheNextOneIsFine(uint usedBytes)
    {
        _kernel.StartAndHear();
        Assert.True(_kernel.Device.Queues[0].TryTake(out ushort head));
        _kernel.Device.Queues[0].Use(head, usedBytes);
        _kernel.Device.Common.Raise(VirtioInterrupt.Queue);

        _kernel.ServeInterrupts();

        Assert.Equal(1u, _kernel.Driver.GetStatistics().Value.ReceiveErrors);
        AssertTrafficFlows();
    }

    [Fact]
    public void FramesThatWereLeftAreAskedForOnceMore()
    {
        _kernel.StartAndHear();
        _kernel.ServeInterrupts();
        byte[][] frames = [.. Enumerable.Range(0, 200).Select(_ => Frames.Random(_random, _kernel.Address))];
        foreach (byte[] frame in frames)
        {
            _kernel.Device.Arrive(frame);
        }

        Assert.Equal(InterruptAnswer.WorkLeft, _kernel.Interrupt());
        Assert.Equal(InterruptAnswer.Served, _kernel.Interrupt());

        Frames.AssertSame(frames, _kernel.Received);
    }

    [Fact]
    public void FramesOfTheGapWaitForTheFreshInstance()
    {
        _kernel.StartAndHear();
        _kernel.Replace();
        byte[][] frames = [.. Enumerable.Range(0, 20).Select(_ => Frames.Random(_random, _kernel.Address))];
        foreach (byte[] frame in frames)
        {
            _kernel.Device.Arrive(frame);
        }

        _kernel.StartAndOpen();
        _kernel.ServeInterrupts();

        Frames.AssertSame(frames, _kernel.Received);
    }

    [Fact]
    public void FramesThatWereSentBringFewInterrupts()
    {
        _kernel.StartAndHear();
        _kernel.ServeInterrupts();
        _kernel.Device.TransmitsLater = true;
        byte[][] frames = [.. Enumerable.Range(0, 16).Select(_ => Frames.Random(_random, MacAddress.Broadcast))];
        for (int batch = 0; batch < 16; batch++)
        {
            Assert.Equal(16u, _kernel.Transmit(frames));
        }

        int interrupts = 0;
        while (_kernel.Completed < 256)
        {
            _kernel.Device.TransmitSome(1);
            interrupts += _kernel.ServeInterrupts();
        }

        Assert.InRange(interrupts, 1, 8);
    }

    [Fact]
    public void ABatchIsOneNotification()
    {
        _kernel.StartAndHear();
        int before = _kernel.Device.Notifications;

        _kernel.Transmit([.. Enumerable.Range(0, 16).Select(_ => Frames.Random(_random, MacAddress.Broadcast))]);

        Assert.Equal(before + 1, _kernel.Device.Notifications);
        Assert.Equal(16, _kernel.Device.Sent.Count);
    }

    [Fact]
    public void CommandsThatAreAnsweredLaterAreNotWaitedFor()
    {
        _kernel.Device.AnswersLater = true;
        _kernel.StartAndHear();
        MacAddress stranger = MacAddress.Read([0x52, 0x54, 0x00, 0x65, 0x43, 0x21]);

        // Nothing is answered yet: everything passes.
        _kernel.Device.Arrive(Frames.Random(_random, stranger));
        _kernel.ServeInterrupts();
        Assert.Single(_kernel.Received);

        for (int command = 0; command < 3; command++)
        {
            _kernel.Device.AnswerCommands();
            _kernel.ServeInterrupts();
        }

        _kernel.Device.Arrive(Frames.Random(_random, stranger));
        _kernel.ServeInterrupts();
        Assert.Single(_kernel.Received);
        Assert.Equal(3, _kernel.Device.Commands);
    }

    [Fact]
    public void AFilterThatChangesBeforeItWasAnsweredIsSetInTheEnd()
    {
        _kernel.Device.AnswersLater = true;
        _kernel.StartAndHear();
        _kernel.Driver.SetReceiveMode(ReceiveMode.Promiscuous);
        _kernel.Driver.SetReceiveMode(ReceiveMode.AllMulticast);
        _kernel.Driver.SetReceiveMode(ReceiveMode.Normal);

        _kernel.Device.AnswersLater = false;
        _kernel.Device.AnswerCommands();
        _kernel.ServeInterrupts();

        MacAddress group = MacAddress.Read([0x01, 0x00, 0x5E, 0, 0, 1]);
        _kernel.Device.Arrive(Frames.Random(_random, group));
        _kernel.ServeInterrupts();
        Assert.Empty(_kernel.Received);
    }

    [Fact]
    public void AListThatIsTooLongForTheDeviceLetsEveryGroupPass()
    {
        _kernel.Device.Filter.MaximumGroups = 1;
        _kernel.StartAndHear();
        MacAddress[] groups = [MacAddress.Read([0x01, 0x00, 0x5E, 0, 0, 1]), MacAddress.Read([0x01, 0x00, 0x5E, 0, 0, 2])];

        _kernel.Driver.SetMulticastList(groups);
        _kernel.Device.Arrive(Frames.Random(_random, groups[0]));
        _kernel.Device.Arrive(Frames.Random(_random, groups[1]));
        _kernel.ServeInterrupts();

        Assert.Equal(2, _kernel.Received.Count);
    }

    private void AssertTrafficFlows()
    {
        byte[] frame = Frames.Random(_random, _kernel.Address);
        _kernel.Received.Clear();
        _kernel.Device.Sent.Clear();
        _kernel.Device.Arrive(frame);
        _kernel.Transmit(frame);
        _kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(_kernel.Received));
        Assert.Equal(frame, Assert.Single(_kernel.Device.Sent));
    }
}
