using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>
/// A device that reports anything at all. An access outside of a buffer or of the register window would be an exception, and
/// a broken promise to the kernel an assertion of <see cref="FakeKernel"/>.
/// </summary>
public abstract class HostileDeviceSuite : DriverSuite
{
    private const int Iterations = 10_000;

    private protected HostileDeviceSuite(Func<DeviceBehavior, FakeKernel> makeKernel)
        : base(makeKernel, seed: 27)
    {
    }

    [Theory]
    [InlineData(1, DeviceBehavior.AsEmulated)]
    [InlineData(2, DeviceBehavior.AsEmulated)]
    [InlineData(3, DeviceBehavior.ByTheManual)]
    [InlineData(4, DeviceBehavior.ByTheManual)]
    public void NothingThatADeviceReportsHarmsTheDriver(int seed, DeviceBehavior behavior)
    {
        Random random = new(seed);
        FakeKernel kernel = MakeHearingKernel(behavior);
        kernel.KeepsFrames = false;
        kernel.Simulated.StartLying(random);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Act(random, kernel);
        }

        kernel.Driver.Close();
        kernel.Interrupt();
        Assert.Equal(kernel.Accepted, kernel.Completed);

        // A device that lies about its reset is dead most of the time.
        Assert.True(kernel.FramesSeen > (behavior == DeviceBehavior.AsEmulated ? 100u : 0u), $"{kernel.FramesSeen} frames");

        AssertItRecovers(kernel);
    }

    [Fact]
    public void ADeviceThatVanishesIsNotWaitedFor()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.Simulated.TransmitsLater = true;
        kernel.Transmit(Frames.Random(Random, MacAddress.Broadcast));
        kernel.Simulated.ReadFilter = (_, _) => uint.MaxValue;

        kernel.Interrupt();
        kernel.Driver.Close();
        kernel.Interrupt();

        Assert.Equal(kernel.Accepted, kernel.Completed);
        Assert.False(kernel.Driver.GetLink().Value.IsUp);
        Assert.Equal(0u, kernel.TransmitBatch([60, 0]).Value);
        Assert.Equal(CallStatus.Failed, kernel.Driver.Open(ReceiveMode.Normal).Status);
        Assert.Equal(CallStatus.Ok, kernel.Driver.Stop().Status);
    }

    private static void Act(Random random, FakeKernel kernel)
    {
        switch (random.Next(16))
        {
            case < 4:
                kernel.Simulated.Arrive(Frames.Random(random, kernel.Address));
                break;

            case < 7:
                kernel.TransmitBatch(Batch(random));
                break;

            case < 9:
                kernel.Simulated.ScribbleOverMemory(random);
                break;

            case < 13:
                kernel.Simulated.RaiseAnything(random);
                kernel.ServeInterrupts(3);
                break;

            case 13:
                kernel.Driver.GetStatistics();
                kernel.Driver.GetLink();
                kernel.Simulated.TransmitsLater = random.Next(2) == 0;
                break;

            case 14:
                kernel.Driver.SetReceiveMode((ReceiveMode)random.Next(4));
                kernel.Driver.SetMulticastList([new MacAddress(((ulong)random.NextInt64() & 0xFFFF_FFFF_FFFF) | 1)]);
                kernel.Clock.Advance(random.Next(2_000_000_000));
                break;

            default:
                if (random.Next(4) == 0)
                {
                    kernel.Driver.Close();
                }

                kernel.Driver.Open(ReceiveMode.Promiscuous);
                kernel.WaitUntilHearing();
                break;
        }
    }

    private static byte[] Batch(Random random)
    {
        byte[] batch = new byte[PacketBatch.MaximumBytes];
        if (random.Next(10) == 0)
        {
            random.NextBytes(batch);
            return batch;
        }

        int used = 0;
        for (int frames = random.Next(17); frames > 0; frames--)
        {
            byte[] frame = new byte[random.Next(1, PacketBatch.MaximumFrameBytes + 1)];
            PacketBatch.TryAppend(batch, ref used, frame);
        }

        return batch[..used];
    }

    private void AssertItRecovers(FakeKernel kernel)
    {
        kernel.Simulated.ReadFilter = null;
        kernel.Simulated.TransmitsLater = false;
        kernel.Driver.Close();
        Assert.Equal(CallStatus.Ok, kernel.Driver.Open(ReceiveMode.Normal).Status);
        kernel.WaitUntilHearing();
        kernel.ServeInterrupts();
        kernel.KeepsFrames = true;
        AssertTrafficFlows(kernel);
    }
}
