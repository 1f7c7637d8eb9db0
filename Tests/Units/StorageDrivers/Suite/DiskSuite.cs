using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.StorageDrivers.Suite;

/// <summary>What the tests of all disk drivers begin with.</summary>
public abstract class DiskSuite
{
    private readonly Func<DeviceBehavior, FakeDiskKernel> _makeKernel;

    private protected DiskSuite(Func<DeviceBehavior, FakeDiskKernel> makeKernel, int seed)
    {
        _makeKernel = makeKernel;
        Random = new Random(seed);
    }

    private protected Random Random { get; }

    private protected FakeDiskKernel MakeKernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated) => _makeKernel(behavior);

    private protected FakeDiskKernel MakeStartedKernel(DeviceBehavior behavior = DeviceBehavior.AsEmulated)
    {
        FakeDiskKernel kernel = MakeKernel(behavior);
        kernel.Start();
        return kernel;
    }

    private protected byte[] MakeContent(uint sectors)
    {
        byte[] content = new byte[sectors * SimulatedMedium.SectorBytes];
        Random.NextBytes(content);
        return content;
    }

    /// <summary>Writes and reads here and there, and looks at the medium.</summary>
    private protected void AssertItWorks(FakeDiskKernel kernel)
    {
        uint segments = kernel.Registered!.Value.MaximumSegments;
        for (int round = 0; round < 8; round++)
        {
            uint count = (uint)Random.Next(1, (int)Math.Min(segments, 8) + 1) * 8;
            ulong sector = (ulong)Random.Next((int)(SimulatedMedium.SectorCount - count));
            byte[] content = MakeContent(count);
            DiskRequest write = kernel.Write(sector, content);
            kernel.Settle();
            DiskRequest read = kernel.Read(sector, count);
            DiskRequest flush = kernel.Flush();
            kernel.Settle();

            Assert.Equal([BlockResult.Done, BlockResult.Done, BlockResult.Done], new[] { write, read, flush }.Select(request => request.Result!.Value));
            Assert.Equal(content, kernel.Controller.Medium.Get(sector, count).ToArray());
            Assert.Equal(content, ContentOf(read));
        }
    }

    private protected static void AssertNoHarm(FakeDiskKernel kernel)
    {
        Assert.Empty(kernel.Controller.Complaints);
        Assert.Equal(0, kernel.Memory.StrayAccesses);
    }

    private protected static byte[] ContentOf(DiskRequest request) => [.. request.Memory.SelectMany(memory => memory.Bytes.ToArray())];
}
