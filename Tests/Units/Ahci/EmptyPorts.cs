using NooksOS.Drivers.Ahci;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.Ahci;

public sealed class EmptyPorts
{
    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void ARestartDoesNotWaitForPortsThatHadNoDisk(DeviceBehavior behavior)
    {
        AhciKernel kernel = new(behavior);
        Assert.True(TimeToStart(kernel) >= PortLink.DetectionNanoseconds, "the first instance does not know which ports are empty");

        kernel.Replace();

        Assert.True(TimeToStart(kernel) < PortLink.DetectionNanoseconds, "waited for ports that are empty");
        Assert.NotNull(kernel.Registered);
    }

    private static long TimeToStart(AhciKernel kernel)
    {
        long start = kernel.Clock.Nanoseconds;
        kernel.Start();
        return kernel.Clock.Nanoseconds - start;
    }
}
