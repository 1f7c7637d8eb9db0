using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>Frames pass, all of them and none changed, whatever else happens meanwhile.</summary>
public abstract class TrafficSuite : DriverSuite
{
    private const int FramesPerBatch = 16;

    private readonly int _transmitCapacity;

    /// <param name="makeKernel">Makes a kernel with the device.</param>
    /// <param name="transmitCapacity">Frames that the device can have at once.</param>
    private protected TrafficSuite(Func<DeviceBehavior, FakeKernel> makeKernel, int transmitCapacity)
        : base(makeKernel, seed: 20) => _transmitCapacity = transmitCapacity;

    [Theory]
    [InlineData(DeviceBehavior.ByTheManual)]
    [InlineData(DeviceBehavior.AsEmulated)]
    public void FramesPassUnchangedInOrderAndRoundTheRings(DeviceBehavior behavior)
    {
        FakeKernel kernel = MakeHearingKernel(behavior);
        List<byte[]> sent = [];
        List<byte[]> arrived = [];
        for (int round = 0; round < 200; round++)
        {
            byte[][] frames = [.. Enumerable.Range(0, Random.Next(1, 17)).Select(_ => Frames.Random(Random, MacAddress.Broadcast))];
            int taken = (int)kernel.Transmit(frames);
            sent.AddRange(frames[..taken]);
            for (int count = Random.Next(8); count > 0; count--)
            {
                byte[] frame = Frames.Random(Random, kernel.Address);
                kernel.Simulated.Arrive(frame);
                arrived.Add(frame);
            }

            kernel.ServeInterrupts();
        }

        Frames.AssertSame(sent, kernel.Simulated.Sent);
        Frames.AssertSame(arrived, kernel.Received);
        Assert.Equal(kernel.Accepted, kernel.Completed);
        Assert.True(sent.Count > 4 * _transmitCapacity);
        AssertNoHarm(kernel);
    }

    [Fact]
    public void AFullRingTakesWhatFitsAndTheRestLater()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.Simulated.TransmitsLater = true;
        byte[][] frames = [.. Enumerable.Range(0, FramesPerBatch).Select(_ => Frames.Random(Random, MacAddress.Broadcast))];
        int taken = 0;
        for (uint last = FramesPerBatch; last == FramesPerBatch; taken += (int)last)
        {
            last = kernel.Transmit(frames);
        }

        Assert.Equal(_transmitCapacity, taken);
        Assert.Equal(0u, kernel.Transmit(frames));

        kernel.Simulated.TransmitPending();
        kernel.ServeInterrupts();
        Assert.Equal((ulong)_transmitCapacity, kernel.Completed);
        Assert.Equal(1u, kernel.Transmit(frames[15]));
        kernel.Simulated.TransmitPending();
        Assert.Equal(_transmitCapacity + 1, kernel.Simulated.Sent.Count);
    }

    [Fact]
    public void OneInterruptDoesABoundedAmountOfWorkAndComesAgain()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.OnReceive = () => kernel.Simulated.Arrive(Frames.Random(Random, kernel.Address));
        kernel.Simulated.Arrive(Frames.Random(Random, kernel.Address));

        uint answer = kernel.Interrupt();

        Assert.InRange(kernel.Received.Count, 1, 1000);
        Assert.True(kernel.Simulated.IsLineAsserted || answer == InterruptAnswer.WorkLeft);
        kernel.OnReceive = null;
        int before = kernel.Received.Count;
        kernel.ServeInterrupts();
        Assert.Equal(before + 1, kernel.Received.Count);
    }

    [Fact]
    public void FramesThatComeWhileOthersAreTakenAreTakenToo()
    {
        FakeKernel kernel = MakeHearingKernel();
        byte[][] frames = [.. Enumerable.Range(0, 300).Select(_ => Frames.Make(Random, kernel.Address, 60))];
        int arrived = 0;
        void Arrive()
        {
            for (int count = 0; count < 10 && arrived < frames.Length; count++)
            {
                kernel.Simulated.Arrive(frames[arrived++]);
            }
        }

        kernel.OnReceive = Arrive;
        Arrive();
        kernel.ServeInterrupts();

        Frames.AssertSame(frames, kernel.Received);
        Assert.False(kernel.Simulated.IsLineAsserted);
    }

    [Fact]
    public void ALineThatSomebodyElseAssertedIsNotOurs()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.ServeInterrupts();

        Assert.Equal(0u, kernel.Interrupt());
    }

    [Fact]
    public void OneExchangeSendsAndReceivesAndTellsWhatIsDone()
    {
        FakeKernel kernel = MakeHearingKernel();
        byte[] first = Frames.Random(Random, MacAddress.Broadcast);
        byte[] second = Frames.Random(Random, MacAddress.Broadcast);
        kernel.Simulated.TransmitsLater = true;
        kernel.Transmit(first);
        Assert.Equal(0u, kernel.Completed);
        kernel.Simulated.TransmitPending();
        byte[] arrived = Frames.Random(Random, kernel.Address);
        kernel.Simulated.Arrive(arrived);

        Assert.Equal(1u, kernel.Transmit(second));

        Assert.Equal(1u, kernel.Completed);
        Assert.Equal(arrived, Assert.Single(kernel.Received));
        kernel.Simulated.TransmitPending();
        kernel.ServeInterrupts();
        Assert.Equal(2u, kernel.Completed);
        Frames.AssertSame([first, second], kernel.Simulated.Sent);
    }

    [Fact]
    public void WhatDoesNotFitOneAnswerComesWithTheNext()
    {
        FakeKernel kernel = MakeHearingKernel();
        byte[][] frames = [.. Enumerable.Range(0, PacketBatch.ExchangeFrames + 10).Select(_ => Frames.Make(Random, kernel.Address, 60))];
        foreach (byte[] frame in frames)
        {
            kernel.Simulated.Arrive(frame);
        }

        bool isLeft = kernel.Interrupt() == InterruptAnswer.WorkLeft;
        int first = kernel.Received.Count;
        Assert.InRange(first, 1, PacketBatch.ExchangeFrames);
        Assert.NotEqual(InterruptAnswer.WorkLeft, kernel.Interrupt());

        // A device of no more slots than that has dropped the rest.
        Assert.Equal(isLeft, kernel.Received.Count > first);
        Frames.AssertSame(frames[..(isLeft ? frames.Length : first)], kernel.Received);
    }

    [Fact]
    public void FramesThatTheKernelSendsWhileItTakesFramesPass()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.OnReceive = () => kernel.Transmit(kernel.Received[^1]);
        for (int count = 0; count < 300; count++)
        {
            kernel.Simulated.Arrive(Frames.Random(Random, kernel.Address));
            if (count % 5 == 0)
            {
                kernel.ServeInterrupts();
            }
        }

        kernel.ServeInterrupts();

        Assert.Equal(300, kernel.Received.Count);
        Assert.Equal(kernel.Accepted, kernel.Completed);
        Assert.All(kernel.Simulated.Sent, frame => Assert.Contains(frame, kernel.Received));
    }

    [Fact]
    public void ADeviceThatIsClosedWhileItsFramesAreTakenIsLeftAlone()
    {
        FakeKernel kernel = MakeHearingKernel();
        for (int count = 0; count < 2 * PacketBatch.ExchangeFrames; count++)
        {
            kernel.Simulated.Arrive(Frames.Make(Random, kernel.Address, 60));
        }

        kernel.OnReceive = () => kernel.Driver.Close();
        kernel.Interrupt();

        Assert.InRange(kernel.Received.Count, 1, PacketBatch.ExchangeFrames);
        Assert.False(kernel.Memory.IsBusMaster);
        Assert.False(kernel.Simulated.IsLineAsserted);
    }

    [Fact]
    public void ADeviceThatIsReopenedWhileItsFramesAreTakenGoesOn()
    {
        FakeKernel kernel = MakeHearingKernel();
        for (int count = 0; count < 2 * PacketBatch.ExchangeFrames; count++)
        {
            kernel.Simulated.Arrive(Frames.Make(Random, kernel.Address, 60));
        }

        kernel.OnReceive = () =>
        {
            kernel.OnReceive = null;
            kernel.Driver.Close();
            kernel.Driver.Open(ReceiveMode.Normal);
        };
        kernel.Interrupt();
        kernel.ServeInterrupts();
        kernel.WaitUntilHearing();
        kernel.ServeInterrupts();
        kernel.Received.Clear();

        byte[] frame = Frames.Random(Random, kernel.Address);
        kernel.Simulated.Arrive(frame);
        kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(kernel.Received));
    }
}
