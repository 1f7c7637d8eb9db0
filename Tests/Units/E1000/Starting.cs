using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

public sealed class Starting
{
    // Window, four buffers, line, registration.
    private const int GrantsNeeded = 7;

    [Fact]
    public void NoDeviceIsListedTwice()
    {
        PciIdentity[] identities = DeviceIdentities.All.ToArray();

        Assert.Equal(identities.Length, identities.Distinct().Count());
        Assert.Contains(new PciIdentity(0x8086, 0x100E), identities);
        Assert.Contains(new PciIdentity(0x8086, 0x100F), identities);
    }

    [Fact]
    public void WithoutADeviceItSaysSo()
    {
        FakeKernel kernel = new() { HasDevice = false };

        Assert.Equal(CallStatus.NotFound, kernel.Driver.Start(kernel).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheAddressIsRegistered(bool honoursReset)
    {
        FakeKernel kernel = new(honoursReset);

        Assert.Equal(CallStatus.Ok, kernel.Driver.Start(kernel).Status);

        Assert.Equal(kernel.Address, kernel.Registered);
    }

    [Fact]
    public void AnAddressThatAPredecessorOverwroteIsReadFromTheEeprom()
    {
        FakeKernel kernel = new();
        kernel.Device[IntelRegister.ReceiveAddressLow] = 0x11223344;

        kernel.StartAndHear();

        Assert.Equal(kernel.Address, kernel.Registered);
        byte[] frame = Frames.Random(new System.Random(1), kernel.Address);
        kernel.Device.Arrive(frame);
        kernel.ServeInterrupts();
        Assert.Equal(frame, Assert.Single(kernel.Received));
    }

    [Fact]
    public void WithoutAnEepromTheReceiveAddressIsTaken()
    {
        FakeKernel kernel = new();
        kernel.Device.HasEeprom = false;

        Assert.Equal(CallStatus.Ok, kernel.Driver.Start(kernel).Status);

        Assert.Equal(kernel.Address, kernel.Registered);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0x00000001u, 0u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void AnImpossibleAddressIsRefused(uint low, uint high)
    {
        FakeKernel kernel = new();
        kernel.Device.HasEeprom = false;
        kernel.Device[IntelRegister.ReceiveAddressLow] = low;
        kernel.Device[IntelRegister.ReceiveAddressHigh] = high;

        Assert.Equal(CallStatus.Failed, kernel.Driver.Start(kernel).Status);
        Assert.Null(kernel.Registered);
    }

    [Fact]
    public void ADeviceThatIsGoneIsRefused()
    {
        FakeKernel kernel = new();
        kernel.Device.ReadFilter = (_, _) => uint.MaxValue;

        Assert.Equal(CallStatus.Failed, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void AWindowThatIsTooSmallIsRefused()
    {
        FakeKernel kernel = new();
        kernel.Device.WindowBytes = 0x1000;

        Assert.Equal(CallStatus.Failed, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void EveryRefusalOfTheKernelIsAnOutcomeAndNotAnException()
    {
        for (int grants = 0; grants < GrantsNeeded; grants++)
        {
            FakeKernel kernel = new() { Grants = grants };

            CallStatus status = kernel.Driver.Start(kernel).Status;

            Assert.Contains(status, new[] { CallStatus.Failed, CallStatus.Busy });
            Assert.Equal(CallStatus.Failed, kernel.Driver.Open(ReceiveMode.Normal).Status);
            Assert.Equal(CallStatus.Ok, kernel.Driver.Stop().Status);
        }

        FakeKernel generous = new() { Grants = GrantsNeeded };
        Assert.Equal(CallStatus.Ok, generous.Driver.Start(generous).Status);
    }

    [Fact]
    public void NothingWorksBeforeTheStart()
    {
        E1000Driver driver = new();

        Assert.Equal(CallStatus.Failed, driver.Open(ReceiveMode.Normal).Status);
        Assert.Equal(CallStatus.Failed, driver.Close().Status);
        Assert.Equal(CallStatus.Failed, driver.Transmit([]).Status);
        Assert.Equal(CallStatus.Failed, driver.SetReceiveMode(ReceiveMode.Normal).Status);
        Assert.Equal(CallStatus.Failed, driver.SetMulticastList([]).Status);
        Assert.Equal(CallStatus.Failed, driver.GetLink().Status);
        Assert.Equal(CallStatus.Failed, driver.GetStatistics().Status);
        Assert.Equal(0u, driver.OnInterrupt(default).Value);
    }

    [Fact]
    public void StartedTwiceItIsBusy()
    {
        FakeKernel kernel = new();
        kernel.Driver.Start(kernel);

        Assert.Equal(CallStatus.Busy, kernel.Driver.Start(kernel).Status);
    }

    [Fact]
    public void TheDeviceIsOffTheBusUntilItIsOpened()
    {
        FakeKernel kernel = new();
        kernel.Memory.IsBusMaster = true;

        kernel.Driver.Start(kernel);
        Assert.False(kernel.Memory.IsBusMaster);

        kernel.Driver.Open(ReceiveMode.Normal);
        Assert.True(kernel.Memory.IsBusMaster);
    }

    [Fact]
    public void RegistersAreWrittenOnlyAfterTheDeviceHasLoadedItsEeprom()
    {
        FakeKernel kernel = new(honoursReset: true);

        kernel.StartAndOpen();

        Assert.Equal(0, kernel.Device.WritesDuringReload);
    }
}
