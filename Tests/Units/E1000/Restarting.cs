using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

/// <summary>A fresh instance takes over what a dead one left.</summary>
public sealed class Restarting
{
    private readonly Random _random = new(22);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void AfterADeathAtAnyRegisterWriteTrafficFlowsAgain(bool honoursReset, bool transmitsLater)
    {
        int writes = WritesOfAWholeLife(honoursReset, transmitsLater);
        Assert.True(writes > 400);
        for (int survived = 0; survived < writes; survived++)
        {
            FakeKernel kernel = new(honoursReset);
            kernel.Device.TransmitsLater = transmitsLater;
            kernel.Device.WritesLeft = survived;

            Assert.Throws<InstanceKilledException>(() => Live(kernel));

            kernel.Replace();
            kernel.Device.TransmitPending();
            kernel.Device.TransmitsLater = false;
            kernel.StartAndHear();
            AssertTrafficFlows(kernel);
            AssertNoHarm(kernel);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FromRegistersWithAnyValuesTrafficFlows(bool honoursReset)
    {
        for (int state = 0; state < 200; state++)
        {
            FakeKernel kernel = new(honoursReset);
            kernel.Device.Scramble(_random);

            kernel.StartAndHear();

            AssertTrafficFlows(kernel);
            AssertNoHarm(kernel);
        }
    }

    [Theory]
    [InlineData(ReceiveMode.Normal)]
    [InlineData(ReceiveMode.AllMulticast)]
    [InlineData(ReceiveMode.Promiscuous)]
    public void ARestartNeitherDeafensTheReceiverNorWaits(ReceiveMode mode)
    {
        FakeKernel kernel = new();
        kernel.StartAndHear(mode);
        int receiveControlWrites = kernel.Device.ReceiveControlWrites;
        long before = kernel.Clock.Nanoseconds;

        kernel.Replace();
        kernel.StartAndOpen(mode);

        Assert.Equal(receiveControlWrites, kernel.Device.ReceiveControlWrites);
        Assert.InRange(kernel.Clock.Nanoseconds - before, 0, 200_000);
        AssertTrafficFlows(kernel);
        AssertNoHarm(kernel);
    }

    [Fact]
    public void FramesOfTheGapWaitForTheFreshInstance()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Replace();
        byte[][] frames = [.. Enumerable.Range(0, 20).Select(_ => Frames.Random(_random, kernel.Address))];
        foreach (byte[] frame in frames)
        {
            kernel.Device.Arrive(frame);
        }

        kernel.StartAndOpen();
        kernel.ServeInterrupts();

        Frames.AssertSame(frames, kernel.Received);
    }

    [Fact]
    public void ASharedLineDoesNotLoseTheInterruptOfFramesThatComeWithTheBus()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Replace();
        byte[] frame = Frames.Random(_random, kernel.Address);
        kernel.Device.Arrive(frame);
        kernel.OnBusMaster = () => Assert.Equal(0u, kernel.Interrupt());

        kernel.StartAndOpen();
        kernel.ServeInterrupts();

        Assert.Equal(frame, Assert.Single(kernel.Received));
    }

    [Fact]
    public void AFrameThatADeadInstanceHadQueuedIsNotSent()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Device.TransmitsLater = true;
        kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast));
        kernel.Replace();
        kernel.Device.TransmitsLater = false;

        kernel.StartAndOpen();

        Assert.Empty(kernel.Device.Sent);
        AssertTrafficFlows(kernel);
    }

    [Fact]
    public void TheInterruptOfADeadInstanceIsSilencedBeforeTheLineIsOpened()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Device.Arrive(Frames.Random(_random, kernel.Address));
        Assert.True(kernel.Device.IsLineAsserted);

        kernel.Replace();
        kernel.StartAndOpen();

        Assert.Equal(0, kernel.ServeInterrupts());
    }

    [Fact]
    public void TheLinkIsLeftAlone()
    {
        FakeKernel kernel = new();
        kernel.Device[IntelRegister.DeviceControl] = (uint)(DeviceControl.PhyReset | DeviceControl.SetLinkUp);

        for (int instance = 0; instance < 3; instance++)
        {
            kernel.StartAndOpen();
            kernel.Replace();
        }

        Assert.Equal(0, kernel.Device.Renegotiations);
    }

    [Fact]
    public void AddressesThatAPredecessorLeftDoNotPass()
    {
        FakeKernel kernel = new();
        MacAddress stranger = MacAddress.Read([0x52, 0x54, 0x00, 0x65, 0x43, 0x21]);
        IntelRegister lastPair = IntelRegister.ReceiveAddressLow + (8 * 15);
        kernel.Device[lastPair] = (uint)stranger.Bits;
        kernel.Device[lastPair + 4] = (uint)(stranger.Bits >> 32) | (uint)ReceiveAddressHigh.Valid;
        kernel.StartAndHear();

        kernel.Device.Arrive(Frames.Random(_random, stranger));
        kernel.ServeInterrupts();

        Assert.Empty(kernel.Received);
    }

    [Fact]
    public void ArpRequestsAreNotLeftToTheManagementController()
    {
        FakeKernel kernel = new();
        kernel.Device[IntelRegister.ManagementControl] = (uint)ManagementControl.InterceptArp | 1;

        kernel.StartAndOpen();

        Assert.Equal(1u, kernel.Device[IntelRegister.ManagementControl]);
    }

    [Fact]
    public void AThousandRestartsLeaveNothingBehind()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        for (int restart = 0; restart < 1000; restart++)
        {
            kernel.Device.WritesLeft = _random.Next(3);
            try
            {
                kernel.Device.Arrive(Frames.Random(_random, kernel.Address));
                kernel.Transmit(Frames.Random(_random, MacAddress.Broadcast));
                kernel.ServeInterrupts();
            }
            catch (InstanceKilledException)
            {
                // It was meant to.
            }

            kernel.Replace();
            kernel.StartAndOpen();
        }

        AssertTrafficFlows(kernel);
        AssertNoHarm(kernel);
        Assert.Equal(1, kernel.Device.ReceiveControlWrites);
    }

    private static int WritesOfAWholeLife(bool honoursReset, bool transmitsLater)
    {
        FakeKernel kernel = new(honoursReset);
        kernel.Device.TransmitsLater = transmitsLater;
        Live(kernel);
        return kernel.Device.Writes;
    }

    /// <summary>Everything that a driver does in its life, always in the same way.</summary>
    private static void Live(FakeKernel kernel)
    {
        Random random = new(23);
        kernel.StartAndHear();
        for (int round = 0; round < 5; round++)
        {
            kernel.Device.Arrive(Frames.Random(random, kernel.Address));
            kernel.Transmit(Frames.Random(random, MacAddress.Broadcast), Frames.Random(random, MacAddress.Broadcast));
            kernel.ServeInterrupts();
        }

        kernel.Driver.SetMulticastList([MacAddress.Read([0x01, 0x00, 0x5E, 0, 0, 1])]);
        kernel.Driver.SetReceiveMode(ReceiveMode.AllMulticast);
        kernel.WaitUntilHearing();
        kernel.Device.SetLink(false);
        kernel.ServeInterrupts();
        kernel.Device.SetLink(true);
        kernel.ServeInterrupts();
        kernel.Driver.GetStatistics();
        kernel.Transmit(Frames.Random(random, MacAddress.Broadcast));
        kernel.Driver.Close();
        kernel.Driver.Open(ReceiveMode.Normal);
        kernel.WaitUntilHearing();
        kernel.Device.Arrive(Frames.Random(random, kernel.Address));
        kernel.ServeInterrupts();
        kernel.Driver.Stop();
    }

    private static void AssertNoHarm(FakeKernel kernel)
    {
        Assert.Equal(0, kernel.Memory.StrayAccesses);
        Assert.Equal(0, kernel.Device.WritesDuringReload);
        Assert.Equal(0, kernel.Device.RingChangesInUse);
        Assert.Equal(0, kernel.Device.Renegotiations);
        Assert.Equal(0, kernel.Device.Fragments);
    }

    private void AssertTrafficFlows(FakeKernel kernel)
    {
        kernel.Device.SetLink(true);
        kernel.ServeInterrupts();
        kernel.Received.Clear();
        kernel.Device.Sent.Clear();
        List<byte[]> sent = [];
        List<byte[]> arrived = [];
        for (int count = 0; count < 8; count++)
        {
            sent.Add(Frames.Random(_random, MacAddress.Broadcast));
            arrived.Add(Frames.Random(_random, count % 2 == 0 ? kernel.Address : MacAddress.Broadcast));
            kernel.Device.Arrive(arrived[^1]);
            kernel.Transmit(sent[^1]);
        }

        kernel.ServeInterrupts();
        Frames.AssertSame(sent, kernel.Device.Sent);
        Frames.AssertSame(arrived, kernel.Received);
        Assert.Equal(kernel.Accepted, kernel.Completed);
    }
}
