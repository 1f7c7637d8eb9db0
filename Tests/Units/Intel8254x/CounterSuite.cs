using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>What only the device counts.</summary>
public abstract class CounterSuite
{
    private readonly IntelKernel _kernel;

    private protected CounterSuite(IntelFamily family) => _kernel = new IntelKernel(family);

    [Fact]
    public void CountersThatGrowAreCountedOnce()
    {
        _kernel.Device[IntelRegister.MissedPacketCount] = 1000;
        _kernel.StartAndHear();

        _kernel.Device[IntelRegister.MissedPacketCount] = 1003;
        _kernel.Device[IntelRegister.ChecksumErrorCount] = 2;

        Assert.Equal(3u, Read().ReceiveDropped);
        Assert.Equal(3u, Read().ReceiveDropped);
        Assert.Equal(2u, Read().ReceiveErrors);
        _kernel.Device[IntelRegister.MissedPacketCount] = 1004;
        Assert.Equal(4u, Read().ReceiveDropped);
    }

    [Fact]
    public void CountersThatReadingClearsAreCountedOnce()
    {
        _kernel.Device.ReadFilter = (offset, value) =>
        {
            if (offset == (uint)IntelRegister.MissedPacketCount)
            {
                _kernel.Device[IntelRegister.MissedPacketCount] = 0;
            }

            return value;
        };
        _kernel.Device[IntelRegister.MissedPacketCount] = 1000;
        _kernel.StartAndHear();

        _kernel.Device[IntelRegister.MissedPacketCount] = 3;
        Assert.Equal(3u, Read().ReceiveDropped);
        Assert.Equal(3u, Read().ReceiveDropped);
        _kernel.Device[IntelRegister.MissedPacketCount] = 5;
        Assert.Equal(8u, Read().ReceiveDropped);
    }

    private NetworkStatistics Read() => _kernel.Driver.GetStatistics().Value;
}
