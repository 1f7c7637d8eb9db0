using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>A derived class belongs to the collection <see cref="MeasuresMemory"/>.</summary>
public abstract class AllocationSuite : DriverSuite
{
    private const int Rounds = 400;
    private const int LeastObjectBytes = 24;

    private protected AllocationSuite(Func<DeviceBehavior, FakeKernel> makeKernel)
        : base(makeKernel, seed: 26)
    {
    }

    [Fact]
    public void NoFrameAndNoInterruptAllocates()
    {
        FakeKernel kernel = MakeHearingKernel();
        kernel.KeepsFrames = false;
        kernel.Simulated.TransmitsLater = true;
        byte[][] frames = [.. Enumerable.Range(0, 4).Select(_ => Frames.Random(Random, kernel.Address))];
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // The model allocates when it moves frames, so it moves them outside of what is measured.
            foreach (byte[] frame in frames)
            {
                kernel.Simulated.Arrive(frame);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            kernel.Transmit(frames);
            long between = GC.GetAllocatedBytesForCurrentThread();
            kernel.Simulated.TransmitPending();
            long after = GC.GetAllocatedBytesForCurrentThread();
            kernel.ServeInterrupts();

            // The first rounds compile.
            allocated += round < 10 ? 0 : between - before + GC.GetAllocatedBytesForCurrentThread() - after;
        }

        Assert.Equal((ulong)(Rounds * frames.Length), kernel.Completed);
        Assert.Equal((ulong)(Rounds * frames.Length), kernel.FramesSeen);

        // The just-in-time compiler may allocate on this thread, now and then; a frame that does would do so in every round.
        Assert.InRange(allocated, 0, ((Rounds - 10) * LeastObjectBytes) - 1);
    }
}
