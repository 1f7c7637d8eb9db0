using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>A fresh instance takes over what a dead one left.</summary>
public abstract class RestartSuite : DriverSuite
{
    private protected RestartSuite(Func<DeviceBehavior, FakeKernel> makeKernel)
        : base(makeKernel, seed: 22)
    {
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated, false)]
    [InlineData(DeviceBehavior.AsEmulated, true)]
    [InlineData(DeviceBehavior.ByTheManual, false)]
    [InlineData(DeviceBehavior.ByTheManual, true)]
    public void AfterADeathAtAnyRegisterWriteTrafficFlowsAgain(DeviceBehavior behavior, bool transmitsLater)
    {
        int writes = WritesOfAWholeLife(behavior, transmitsLater);
        Assert.True(writes > 40);
        for (int survived = 0; survived < writes; survived++)
        {
            FakeKernel kernel = MakeKernel(behavior);
            kernel.Simulated.TransmitsLater = transmitsLater;
            kernel.Simulated.WritesLeft = survived;

            Assert.Throws<InstanceKilledException>(() => Live(kernel));

            kernel.Replace();
            kernel.Simulated.TransmitPending();
            kernel.Simulated.TransmitsLater = false;
            kernel.StartAndHear();
            AssertTrafficFlows(kernel);
            AssertNoHarm(kernel);
        }
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void FromRegistersWithAnyValuesTrafficFlows(DeviceBehavior behavior)
    {
        for (int state = 0; state < 200; state++)
        {
            FakeKernel kernel = MakeKernel(behavior);
            kernel.Simulated.Scramble(Random);

            kernel.StartAndHear();

            AssertTrafficFlows(kernel);
            AssertNoHarm(kernel);
        }
    }

    [Fact]
    public void AFrameThatADeadInstanceHadQueuedIsNotSent()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.Simulated.TransmitsLater = true;
        kernel.Transmit(Frames.Random(Random, MacAddress.Broadcast));
        kernel.Replace();
        kernel.Simulated.TransmitsLater = false;

        kernel.StartAndHear();

        Assert.Empty(kernel.Simulated.Sent);
        AssertTrafficFlows(kernel);
    }

    [Fact]
    public void TheInterruptOfADeadInstanceIsSilencedBeforeTheLineIsOpened()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.Simulated.Arrive(Frames.Random(Random, kernel.Address));
        Assert.True(kernel.Simulated.IsLineAsserted);

        kernel.Replace();

        // Whether the line is quiet when it is opened is what the kernel looks at.
        kernel.StartAndOpen();
        kernel.ServeInterrupts();

        Assert.Empty(kernel.Received);
    }

    [Fact]
    public void AThousandRestartsLeaveNothingBehind()
    {
        FakeKernel kernel = MakeHearingKernel();
        for (int restart = 0; restart < 1000; restart++)
        {
            kernel.Simulated.WritesLeft = Random.Next(3);
            try
            {
                kernel.Simulated.Arrive(Frames.Random(Random, kernel.Address));
                kernel.Transmit(Frames.Random(Random, MacAddress.Broadcast));
                kernel.ServeInterrupts();
            }
            catch (InstanceKilledException)
            {
                // It was meant to.
            }

            kernel.Replace();
            kernel.StartAndOpen();
        }

        kernel.WaitUntilHearing();
        AssertTrafficFlows(kernel);
        AssertNoHarm(kernel);
    }

    private int WritesOfAWholeLife(DeviceBehavior behavior, bool transmitsLater)
    {
        FakeKernel kernel = MakeKernel(behavior);
        kernel.Simulated.TransmitsLater = transmitsLater;
        Live(kernel);
        return kernel.Simulated.Writes;
    }

    /// <summary>Everything that a driver does in its life, always in the same way.</summary>
    private static void Live(FakeKernel kernel)
    {
        Random random = new(23);
        kernel.StartAndHear();
        for (int round = 0; round < 5; round++)
        {
            kernel.Simulated.Arrive(Frames.Random(random, kernel.Address));
            kernel.Transmit(Frames.Random(random, MacAddress.Broadcast), Frames.Random(random, MacAddress.Broadcast));
            kernel.ServeInterrupts();
        }

        kernel.Driver.SetMulticastList([MacAddress.Read([0x01, 0x00, 0x5E, 0, 0, 1])]);
        kernel.Driver.SetReceiveMode(ReceiveMode.AllMulticast);
        kernel.WaitUntilHearing();
        kernel.Simulated.SetLink(false);
        kernel.ServeInterrupts();
        kernel.Simulated.SetLink(true);
        kernel.ServeInterrupts();
        kernel.Driver.GetStatistics();
        kernel.Transmit(Frames.Random(random, MacAddress.Broadcast));
        kernel.Driver.Close();
        kernel.Driver.Open(ReceiveMode.Normal);
        kernel.WaitUntilHearing();
        kernel.Simulated.Arrive(Frames.Random(random, kernel.Address));
        kernel.ServeInterrupts();
        kernel.Driver.Stop();
    }
}
