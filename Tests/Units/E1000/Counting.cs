using System;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

public sealed class Counting
{
    private readonly Random _random = new(24);
    private readonly FakeKernel _kernel = new();

    [Fact]
    public void FramesAndBytesAreCounted()
    {
        _kernel.StartAndHear();
        _kernel.Device.Arrive(Frames.Make(_random, _kernel.Address, 100));
        _kernel.Device.Arrive(Frames.Make(_random, _kernel.Address, 200));
        _kernel.Transmit(Frames.Make(_random, MacAddress.Broadcast, 30), Frames.Make(_random, MacAddress.Broadcast, 1000));

        _kernel.ServeInterrupts();

        Assert.Equal(new NetworkStatistics(2, 2, 300, 1030, 0, 0, 0, 1), Read());
    }

    [Fact]
    public void FramesThatTheKernelRefusesAreDropped()
    {
        _kernel.StartAndHear();
        _kernel.TakesPerBatch = 1;
        for (int count = 0; count < 5; count++)
        {
            _kernel.Device.Arrive(Frames.Random(_random, _kernel.Address));
        }

        _kernel.ServeInterrupts();

        Assert.Equal(5u, Read().FramesReceived);
        Assert.Equal(4u, Read().ReceiveDropped);
    }

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
