using System;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.StorageDrivers.Suite;

/// <summary>
/// A controller that reports anything at all. An access outside of a buffer or of the register window would be an exception, and
/// a broken promise to the kernel an assertion of <see cref="FakeDiskKernel"/>.
/// </summary>
public abstract class HostileDiskSuite : DiskSuite
{
    private const int Iterations = 5_000;

    private protected HostileDiskSuite(Func<DeviceBehavior, FakeDiskKernel> makeKernel)
        : base(makeKernel, seed: 75)
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
        FakeDiskKernel kernel = MakeStartedKernel(behavior);
        kernel.Controller.StartLying(random);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Act(random, kernel);
        }

        // What it is stuck with, and what the liar has made of the device, is for the next instance.
        kernel.Controller.ReadFilter = null;
        kernel.Replace();
        kernel.Controller.AnswersLater = false;
        kernel.Start();
        kernel.Settle();
        Assert.Equal(0, kernel.Pending);
        AssertItWorks(kernel);
    }

    [Fact]
    public void ADeviceThatVanishesIsNotWaitedForForEver()
    {
        FakeDiskKernel kernel = MakeStartedKernel();
        kernel.Controller.AnswersLater = true;
        kernel.Read(0, 8);
        kernel.Push();
        kernel.Controller.ReadFilter = (_, _) => uint.MaxValue;

        uint outstanding = 1;
        for (int look = 0; look < 100 && outstanding != 0; look++)
        {
            outstanding = kernel.CheckTime(1_000_000_000);
        }

        Assert.Equal(0u, outstanding);
        Assert.Equal(CallStatus.Ok, kernel.Driver.Stop().Status);
    }

    private static void Act(Random random, FakeDiskKernel kernel)
    {
        switch (random.Next(16))
        {
            case < 4 when kernel.Pending < 200:
                if (random.Next(8) == 0)
                {
                    kernel.Flush();
                }
                else
                {
                    kernel.Read((ulong)random.Next(4000), (uint)random.Next(1, (int)Math.Min(kernel.Registered!.Value.MaximumSegments, 8) + 1) * 8);
                }

                kernel.Push();
                break;

            case < 7:
                kernel.Controller.AnswersLater = random.Next(2) == 0;
                kernel.Controller.AnswerPending(random);
                break;

            case < 9:
                kernel.Controller.ScribbleOverMemory(random);
                break;

            case < 13:
                kernel.Controller.RaiseAnything(random);
                kernel.ServeInterrupts(3);
                break;

            default:
                kernel.CheckTime(random.Next(2_000_000_000));
                break;
        }
    }
}
