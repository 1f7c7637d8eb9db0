using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.StorageDrivers.Suite;

/// <summary>A fresh instance takes over what a dead one left.</summary>
public abstract class RestartDiskSuite : DiskSuite
{
    private protected RestartDiskSuite(Func<DeviceBehavior, FakeDiskKernel> makeKernel)
        : base(makeKernel, seed: 73)
    {
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated, false)]
    [InlineData(DeviceBehavior.AsEmulated, true)]
    [InlineData(DeviceBehavior.ByTheManual, false)]
    [InlineData(DeviceBehavior.ByTheManual, true)]
    public void AfterADeathAtAnyRegisterWriteEveryRequestEnds(DeviceBehavior behavior, bool answersLater)
    {
        FakeDiskKernel whole = MakeKernel(behavior);
        Live(whole, answersLater, []);
        int writes = whole.Controller.Writes;
        Assert.True(writes > 30, $"{writes} writes");
        for (int survived = 0; survived < writes; survived++)
        {
            FakeDiskKernel kernel = MakeKernel(behavior);
            kernel.Controller.WritesLeft = survived;
            List<(ulong Sector, byte[] Content, DiskRequest Request)> written = [];

            Assert.Throws<InstanceKilledException>(() => Live(kernel, answersLater, written));

            kernel.Replace();
            kernel.Controller.AnswerPending();
            kernel.Controller.AnswersLater = false;
            kernel.Start();
            kernel.Settle();
            foreach ((ulong sector, byte[] content, DiskRequest request) in written)
            {
                Assert.Equal(BlockResult.Done, request.Result);
                Assert.Equal(content, kernel.Controller.Medium.Get(sector, (uint)content.Length / SimulatedMedium.SectorBytes).ToArray());
            }

            AssertItWorks(kernel);
            AssertNoHarm(kernel);
        }
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void FromRegistersWithAnyValuesItWorks(DeviceBehavior behavior)
    {
        for (int state = 0; state < 200; state++)
        {
            FakeDiskKernel kernel = MakeKernel(behavior);
            kernel.Controller.Scramble(Random);

            kernel.Start();

            kernel.Controller.Complaints.Clear();
            AssertItWorks(kernel);
            AssertNoHarm(kernel);
        }
    }

    /// <summary>Everything that a driver does in its life, always in the same way.</summary>
    private static void Live(FakeDiskKernel kernel, bool answersLater, List<(ulong Sector, byte[] Content, DiskRequest Request)> written)
    {
        Random random = new(74);
        kernel.Start();
        kernel.Controller.AnswersLater = answersLater;
        for (ulong round = 0; round < 6; round++)
        {
            byte[] content = new byte[16 * SimulatedMedium.SectorBytes];
            random.NextBytes(content);
            written.Add((round * 16, content, kernel.Write(round * 16, content)));
            kernel.Push();
            kernel.Read(round * 16, 8);
            kernel.Push();
            kernel.Controller.AnswerPending();
            kernel.ServeInterrupts();
            kernel.Flush();
            kernel.Settle();
        }

        kernel.Driver.Stop();
    }
}
