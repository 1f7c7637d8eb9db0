using System;
using NooksOS.Contracts;
using NooksOS.Drivers;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>A driver starts with a device that it can use, or says why not.</summary>
public abstract class StartingSuite : DriverSuite
{
    private protected StartingSuite(Func<DeviceBehavior, FakeKernel> makeKernel)
        : base(makeKernel, seed: 28)
    {
    }

    [Fact]
    public void WithoutADeviceItSaysSo()
    {
        FakeKernel kernel = MakeKernel();
        kernel.HasDevice = false;

        Assert.Equal(CallStatus.NotFound, kernel.Driver.Start(kernel).Status);
    }

    [Theory]
    [InlineData(DeviceBehavior.AsEmulated)]
    [InlineData(DeviceBehavior.ByTheManual)]
    public void TheAddressIsRegistered(DeviceBehavior behavior)
    {
        FakeKernel kernel = MakeKernel(behavior);

        Assert.Equal(CallStatus.Ok, kernel.Driver.Start(kernel).Status);

        Assert.Equal(kernel.Address, kernel.Registered);
    }

    [Fact]
    public void ADeviceThatIsGoneIsRefused()
    {
        FakeKernel kernel = MakeKernel();
        kernel.Simulated.ReadFilter = (_, _) => uint.MaxValue;

        Assert.Equal(CallStatus.Failed, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void AWindowThatIsTooSmallIsRefused()
    {
        FakeKernel kernel = MakeKernel();
        kernel.Simulated.WindowBytes = 4;

        Assert.Equal(CallStatus.Failed, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void EveryRefusalOfTheKernelIsAnOutcomeAndNotAnException()
    {
        int grants = 0;
        FakeKernel kernel = MakeKernel();
        kernel.Grants = grants;
        while (kernel.Driver.Start(kernel).Status is CallStatus.Failed or CallStatus.Busy)
        {
            Assert.Equal(CallStatus.Failed, kernel.Driver.Open(ReceiveMode.Normal).Status);
            Assert.Equal(CallStatus.Ok, kernel.Driver.Stop().Status);
            Assert.True(++grants < 20, "it never starts");
            kernel = MakeKernel();
            kernel.Grants = grants;
        }

        // At the very least the window, a buffer, the line and the registration.
        Assert.True(grants >= 4);
        Assert.Equal(CallStatus.Ok, kernel.Driver.Open(ReceiveMode.Normal).Status);
    }

    [Fact]
    public void NothingWorksBeforeTheStart()
    {
        NetworkDriver driver = MakeKernel().Driver;

        Assert.Equal(CallStatus.Failed, driver.Open(ReceiveMode.Normal).Status);
        Assert.Equal(CallStatus.Failed, driver.Close().Status);
        Assert.Equal(CallStatus.Failed, driver.Exchange([], []).Status);
        Assert.Equal(CallStatus.Failed, driver.SetReceiveMode(ReceiveMode.Normal).Status);
        Assert.Equal(CallStatus.Failed, driver.SetMulticastList([]).Status);
        Assert.Equal(CallStatus.Failed, driver.GetLink().Status);
        Assert.Equal(CallStatus.Failed, driver.GetStatistics().Status);
    }

    [Fact]
    public void StartedTwiceItIsBusy()
    {
        FakeKernel kernel = MakeKernel();
        kernel.Driver.Start(kernel);

        Assert.Equal(CallStatus.Busy, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void TheDeviceIsOffTheBusUntilItIsOpened()
    {
        FakeKernel kernel = MakeKernel();
        kernel.Memory.IsBusMaster = true;

        kernel.Driver.Start(kernel);
        Assert.False(kernel.Memory.IsBusMaster);

        kernel.Driver.Open(ReceiveMode.Normal);
        Assert.True(kernel.Memory.IsBusMaster);
    }
}
