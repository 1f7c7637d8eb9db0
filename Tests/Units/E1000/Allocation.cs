using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

[Collection(MeasuresMemory.Name)]
public sealed class Allocation
{
    private const int Rounds = 400;
    private const int LeastObjectBytes = 24;

    [Fact]
    public void NoFrameAndNoInterruptAllocates()
    {
        Random random = new(26);
        FakeKernel kernel = new() { KeepsFrames = false };
        kernel.StartAndHear();
        kernel.Device.TransmitsLater = true;
        byte[][] frames = [.. Enumerable.Range(0, 16).Select(_ => Frames.Random(random, kernel.Address))];
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // The model allocates when it moves frames, so it moves them outside of what is measured.
            foreach (byte[] frame in frames)
            {
                kernel.Device.Arrive(frame);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            kernel.Transmit(frames);
            long between = GC.GetAllocatedBytesForCurrentThread();
            kernel.Device.TransmitPending();
            long after = GC.GetAllocatedBytesForCurrentThread();
            kernel.ServeInterrupts();

            // The first rounds compile.
            allocated += round < 10 ? 0 : between - before + GC.GetAllocatedBytesForCurrentThread() - after;
        }

        Assert.Equal((ulong)Rounds * 16, kernel.Completed);
        Assert.Equal((ulong)Rounds * 16, kernel.FramesSeen);
        // The just-in-time compiler may allocate on this thread, now and then; a frame that does would do so in every round.
        Assert.InRange(allocated, 0, ((Rounds - 10) * LeastObjectBytes) - 1);
    }
}
