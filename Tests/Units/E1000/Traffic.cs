using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

public sealed class Traffic
{
    private readonly Random _random = new(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FramesPassUnchangedInOrderAndRoundTheRings(bool honoursReset)
    {
        FakeKernel kernel = new(honoursReset);
        kernel.StartAndHear();
        List<byte[]> sent = [];
        List<byte[]> arrived = [];
        for (int round = 0; round < 200; round++)
        {
            byte[][] frames = [.. Enumerable.Range(0, _random.Next(1, 17)).Select(_ => Frames.Random(_random, MacAddress.Broadcast))];
            Assert.Equal((uint)frames.Length, kernel.Transmit(frames));
            sent.AddRange(frames);
            for (int count = _random.Next(40); count > 0; count--)
            {
                byte[] frame = Frames.Random(_random, kernel.Address);
                kernel.Device.Arrive(frame);
                arrived.Add(frame);
            }

            kernel.ServeInterrupts();
        }

        Frames.AssertSame(sent, kernel.Device.Sent);
        Frames.AssertSame(arrived, kernel.Received);
        Assert.Equal(kernel.Accepted, kernel.Completed);
        Assert.True(sent.Count > 4 * TransmitRing.SlotCount);
        Assert.True(arrived.Count > 4 * ReceiveRing.SlotCount);
        Assert.Equal(0, kernel.Memory.StrayAccesses);
    }

    [Fact]
    public void ABatchIsOneWriteOfTheTail()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        int before = kernel.Device.Writes;

        kernel.Transmit([.. Enumerable.Range(0, 16).Select(_ => Frames.Random(_random, MacAddress.Broadcast))]);

        Assert.Equal(before + 1, kernel.Device.Writes);
        Assert.Equal(16, kernel.Device.Sent.Count);
    }

    [Fact]
    public void AFullRingTakesWhatFitsAndTheRestLater()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Device.TransmitsLater = true;
        byte[][] frames = [.. Enumerable.Range(0, 16).Select(_ => Frames.Random(_random, MacAddress.Broadcast))];
        for (int batch = 0; batch < 15; batch++)
        {
            Assert.Equal(16u, kernel.Transmit(frames));
        }

        Assert.Equal(15u, kernel.Transmit(frames));
        Assert.Equal(0u, kernel.Transmit(frames));

        kernel.Device.TransmitPending();
        kernel.ServeInterrupts();
        Assert.Equal(255u, kernel.Completed);
        Assert.Equal(1u, kernel.Transmit(frames[15]));
        kernel.Device.TransmitPending();
        Assert.Equal(256, kernel.Device.Sent.Count);
    }

    [Fact]
    public void FramesThatFindNoDescriptorWaitAndComeWhenThereIsOne()
    {
        FakeKernel kernel = new(honoursReset: true);
        kernel.StartAndHear();
        byte[][] frames = [.. Enumerable.Range(0, 700).Select(_ => Frames.Random(_random, kernel.Address))];

        foreach (byte[] frame in frames)
        {
            kernel.Device.Arrive(frame);
        }

        Assert.Equal(700 - 255, kernel.Device.Waiting);
        kernel.ServeInterrupts();
        Assert.Equal(0, kernel.Device.Waiting);
        Frames.AssertSame(frames, kernel.Received);
    }

    [Fact]
    public void AfterARingThatWasFullAnEmulatorFindsAsManyDescriptorsAsThereCanBe()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        byte[][] frames = [.. Enumerable.Range(0, 600).Select(_ => Frames.Random(_random, kernel.Address))];

        foreach (byte[] frame in frames)
        {
            kernel.Device.Arrive(frame);
        }

        kernel.ServeInterrupts();
        Frames.AssertSame(frames[..447], kernel.Received);
        Assert.Equal(600u - 447, kernel.Driver.GetStatistics().Value.ReceiveDropped);
    }

    [Fact]
    public void OneInterruptDoesABoundedAmountOfWorkAndComesAgain()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        for (int count = 0; count < 200; count++)
        {
            kernel.Device.Arrive(Frames.Random(_random, kernel.Address));
        }

        kernel.Interrupt();

        Assert.Equal(128, kernel.Received.Count);
        Assert.True(kernel.Device.IsLineAsserted);
        kernel.ServeInterrupts();
        Assert.Equal(200, kernel.Received.Count);
    }

    [Fact]
    public void ALineThatSomebodyElseAssertedIsNotOurs()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.ServeInterrupts();

        Assert.Equal(0u, kernel.Interrupt());
    }

    [Fact]
    public void ACompletionThatTransmitFindsIsReportedByTheNextInterrupt()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast));
        kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast));
        Assert.Equal(0u, kernel.Completed);

        Assert.Equal(1, kernel.ServeInterrupts());

        Assert.Equal(2u, kernel.Completed);
    }

    [Fact]
    public void FramesThatTheKernelSendsWhileItTakesFramesPass()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.OnReceive = () => kernel.Transmit(kernel.Received[^1]);
        for (int count = 0; count < 300; count++)
        {
            kernel.Device.Arrive(Frames.Random(_random, kernel.Address));
            if (count % 7 == 0)
            {
                kernel.ServeInterrupts();
            }
        }

        kernel.ServeInterrupts();

        Assert.Equal(300, kernel.Received.Count);
        Assert.Equal(kernel.Accepted, kernel.Completed);
        Assert.All(kernel.Device.Sent, frame => Assert.Contains(frame, kernel.Received));
    }

    [Fact]
    public void ADeviceThatIsClosedWhileItsFramesAreTakenIsLeftAlone()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        for (int count = 0; count < 100; count++)
        {
            kernel.Device.Arrive(Frames.Random(_random, kernel.Address));
        }

        kernel.OnReceive = () => kernel.Driver.Close();
        kernel.Interrupt();

        Assert.Equal(PacketBatch.MaximumFrames, kernel.Received.Count);
        Assert.False(kernel.Memory.IsBusMaster);
        Assert.False(kernel.Device.IsLineAsserted);
    }

    [Fact]
    public void ADeviceThatIsReopenedWhileItsFramesAreTakenGoesOn()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        for (int count = 0; count < 100; count++)
        {
            kernel.Device.Arrive(Frames.Random(_random, kernel.Address));
        }

        kernel.OnReceive = () =>
        {
            kernel.OnReceive = null;
            kernel.Driver.Close();
            kernel.Driver.Open(ReceiveMode.Normal);
        };
        kernel.Interrupt();
        kernel.Received.Clear();

        byte[] frame = Frames.Random(_random, kernel.Address);
        kernel.Device.Arrive(frame);
        kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(kernel.Received));
    }
}
