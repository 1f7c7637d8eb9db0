using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

/// <summary>
/// A device that reports anything at all. An access outside of a buffer or of the register window would be an exception, and
/// a broken promise to the kernel an assertion of <see cref="FakeKernel"/>.
/// </summary>
public sealed class HostileDevice
{
    private const int Iterations = 10_000;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void NothingThatADeviceReportsHarmsTheDriver(int seed, bool honoursReset)
    {
        Random random = new(seed);
        FakeKernel kernel = new(honoursReset) { KeepsFrames = false };
        kernel.StartAndHear();
        kernel.Device.ReadFilter = (_, value) => Lie(random, value);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Act(random, kernel);
        }

        kernel.Driver.Close();
        Assert.Equal(kernel.Accepted, kernel.Completed);
        Assert.True(kernel.FramesSeen > 1000);
        Assert.True(kernel.Driver.GetStatistics().Value.ReceiveErrors > 1000);

        AssertItRecovers(random, kernel);
    }

    [Fact]
    public void AHeadThatLeftTheRingMakesTheDriverStartOver()
    {
        Random random = new(5);
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Device[IntelRegister.ReceiveDescriptorHead] = 5000;
        kernel.Device.Raise(InterruptCauses.ReceiveOverrun);

        kernel.ServeInterrupts();

        Assert.Equal(1u, kernel.Driver.GetStatistics().Value.ReceiveErrors);
        byte[] frame = Frames.Random(random, kernel.Address);
        kernel.Device.Arrive(frame);
        kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(kernel.Received));
    }

    [Fact]
    public void ADeviceThatVanishesIsNotWaitedFor()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        kernel.Transmit(Frames.Random(new Random(6), MacAddress.Broadcast));
        kernel.Device.ReadFilter = (_, _) => uint.MaxValue;

        kernel.Interrupt();

        Assert.Equal(kernel.Accepted, kernel.Completed);
        Assert.False(kernel.Driver.GetLink().Value.IsUp);
        Assert.Equal(CallStatus.Failed, kernel.TransmitBatch([60, 0]).Status);
        Assert.Equal(CallStatus.Failed, kernel.Driver.Open(ReceiveMode.Normal).Status);
        Assert.Equal(CallStatus.Ok, kernel.Driver.Stop().Status);
    }

    [Fact]
    public void ADeviceThatAssertsItsLineForEverGetsABoundedAnswer()
    {
        FakeKernel kernel = new();
        kernel.StartAndHear();
        int reads = 0;
        kernel.Device.ReadFilter = (offset, value) =>
        {
            reads++;
            return offset == (uint)IntelRegister.InterruptCauseRead ? (uint)InterruptCauses.Served : value;
        };

        kernel.Interrupt();

        Assert.InRange(reads, 1, 20);
    }

    private static void Act(Random random, FakeKernel kernel)
    {
        switch (random.Next(16))
        {
            case < 4:
                kernel.Device.Arrive(Frames.Random(random, kernel.Address));
                break;

            case < 7:
                kernel.TransmitBatch(Batch(random));
                break;

            case < 9:
                ScribbleOverDescriptors(random, kernel.Memory.Live[random.Next(2) == 0 ? 0 : 2]);
                break;

            case < 13:
                kernel.Device.Raise((InterruptCauses)(uint)random.NextInt64());
                kernel.ServeInterrupts(3);
                break;

            case 13:
                kernel.Driver.GetStatistics();
                kernel.Driver.GetLink();
                kernel.Device.TransmitsLater = random.Next(2) == 0;
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

    private static uint Lie(Random random, uint truth) => random.Next(40) switch
    {
        0 => 0,
        1 => uint.MaxValue,
        2 => (uint)random.NextInt64(),
        3 => truth ^ (1u << random.Next(32)),
        4 => (uint)random.Next(512),
        _ => truth,
    };

    private static void ScribbleOverDescriptors(Random random, FakeDmaBuffer ring)
    {
        for (int count = random.Next(1, 64); count > 0; count--)
        {
            Span<byte> descriptor = ring.Bytes.Slice(16 * random.Next((int)ReceiveRing.SlotCount), 16);
            if (random.Next(2) == 0)
            {
                // The addresses stay, so that the device goes on to work.
                descriptor = descriptor[8..];
            }

            random.NextBytes(descriptor);
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

    private static void AssertItRecovers(Random random, FakeKernel kernel)
    {
        kernel.Device.ReadFilter = null;
        kernel.Device.TransmitsLater = false;
        kernel.Driver.Close();
        Assert.Equal(CallStatus.Ok, kernel.Driver.Open(ReceiveMode.Normal).Status);
        kernel.WaitUntilHearing();
        kernel.ServeInterrupts();
        kernel.KeepsFrames = true;
        kernel.Device.Sent.Clear();
        byte[][] frames = [.. Enumerable.Range(0, 16).Select(_ => Frames.Random(random, kernel.Address))];
        foreach (byte[] frame in frames)
        {
            kernel.Device.Arrive(frame);
        }

        Assert.Equal(16u, kernel.Transmit(frames));
        kernel.ServeInterrupts();
        Frames.AssertSame(frames, kernel.Received);
        Frames.AssertSame(frames, kernel.Device.Sent);
    }
}
