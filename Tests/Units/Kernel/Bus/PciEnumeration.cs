using System.Collections.Generic;
using System.Linq;
using NooksOS.Kernel.Bus.Pci;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus;

public sealed class PciEnumeration
{
    private static readonly PciAddress s_network = new(0, 2, 0);

    private static FakeConfigurationSpace WithNetworkCard() => new FakeConfigurationSpace()
        .With(s_network, 0x00, 0x100E_8086)
        .With(s_network, 0x04, 0x0010_0103, 0xFFFF)
        .With(s_network, 0x08, 0x0200_0003)
        .With(s_network, 0x10, 0xFEB8_0000, 0xFFFE_0000)
        .With(s_network, 0x14, 0x0000_C001, 0xFFFF_FFC0)
        .With(s_network, 0x18, 0xE000_000C, 0xF000_0000)
        .With(s_network, 0x1C, 0x0000_0001, 0xFFFF_FFFF)
        .With(s_network, 0x2C, 0x1100_1AF4)
        .With(s_network, 0x34, 0x0000_00DC)
        .With(s_network, 0x3C, 0x0000_010B)
        .With(s_network, 0xDC, 0x0000_E001)
        .With(s_network, 0xE0, 0x0000_0005);

    [Fact]
    public void AFunctionIsDescribed()
    {
        PciDevice device = Assert.Single(PciBus.Enumerate(WithNetworkCard()));
        Assert.Equal(s_network, device.Address);
        Assert.Equal((0x8086, 0x100E), (device.VendorId, device.DeviceId));
        Assert.Equal((0x1AF4, 0x1100), (device.SubsystemVendorId, device.SubsystemId));
        Assert.Equal((2, 0, 3), (device.BaseClass, device.Subclass, device.Revision));
        Assert.Equal((11, 1), (device.InterruptLine, device.InterruptPin));
        Assert.Equal([new PciCapability(1, 0xDC), new PciCapability(5, 0xE0)], device.Capabilities);
    }

    [Fact]
    public void BarsAreSizedWithDecodingOffAndRestored()
    {
        FakeConfigurationSpace space = WithNetworkCard();
        PciDevice device = Assert.Single(PciBus.Enumerate(space));
        Assert.Equal(
            [
                new PciBar(0, false, 0xFEB8_0000, 0x2_0000, false),
                new PciBar(1, true, 0xC000, 0x40, false),
                new PciBar(2, false, 0x1_E000_0000, 0x1000_0000, true),
            ],
            device.Bars);
        Assert.Equal(PciCommand.IoSpace | PciCommand.MemorySpace | (PciCommand)0x100, device.Command);
        Assert.Equal(0x0100u, space.Writes[0].Value);
        Assert.Equal(0xFEB8_0000u, space.Read(s_network, 0x10));
        Assert.True(device.TryGetBar(2, out _));
        Assert.False(device.TryGetBar(3, out _));
    }

    [Fact]
    public void CommandBitsChangeAloneAndNoStatusIsCleared()
    {
        FakeConfigurationSpace space = WithNetworkCard();
        PciDevice device = Assert.Single(PciBus.Enumerate(space));
        device.SetBusMaster(true);
        device.SetInterruptDisable(true);
        Assert.Equal(0x0507u, (uint)device.Command);
        device.SetBusMaster(false);
        Assert.Equal(0x0503u, (uint)device.Command);
        Assert.All(space.Writes.Where(write => write.OffsetBytes == 4), write => Assert.Equal(0u, write.Value >> 16));
    }

    [Theory]
    [InlineData(0x00u, 4u, 0x100E_8086u)]
    [InlineData(0x00u, 2u, 0x8086u)]
    [InlineData(0x02u, 2u, 0x100Eu)]
    [InlineData(0xDCu, 1u, 0x01u)]
    [InlineData(0xDDu, 1u, 0xE0u)]
    [InlineData(0x0Bu, 1u, 0x02u)]
    [InlineData(0xFFu, 1u, 0u)]
    [InlineData(0xFCu, 4u, 0u)]
    public void AFieldOfTheConfigurationIsRead(uint offsetBytes, uint widthBytes, uint expected)
    {
        PciDevice device = Assert.Single(PciBus.Enumerate(WithNetworkCard()));

        Assert.True(device.TryReadConfiguration(offsetBytes, widthBytes, out uint value));

        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData(0x00u, 0u)]
    [InlineData(0x00u, 3u)]
    [InlineData(0x00u, 8u)]
    [InlineData(0x00u, uint.MaxValue)]
    [InlineData(0x01u, 2u)]
    [InlineData(0x02u, 4u)]
    [InlineData(0x100u, 1u)]
    [InlineData(0x100u, 4u)]
    [InlineData(0xFFFF_FFFCu, 4u)]
    public void AFieldThatIsNoneIsNotRead(uint offsetBytes, uint widthBytes)
    {
        PciDevice device = Assert.Single(PciBus.Enumerate(WithNetworkCard()));

        Assert.False(device.TryReadConfiguration(offsetBytes, widthBytes, out uint value));

        Assert.Equal(0u, value);
    }

    [Fact]
    public void FunctionsBehindBridgesAreFoundOnce()
    {
        PciAddress bridge = new(0, 1, 0);
        PciAddress behind = new(3, 0, 0);
        PciAddress loop = new(3, 1, 0);
        FakeConfigurationSpace space = WithNetworkCard()
            .With(bridge, 0x00, 0x1111_1111).With(bridge, 0x0C, 0x0001_0000).With(bridge, 0x18, 0x0003_0300)
            .With(behind, 0x00, 0x2222_2222)
            .With(loop, 0x00, 0x3333_3333).With(loop, 0x0C, 0x0001_0000).With(loop, 0x18, 0x0003_0300);
        Assert.Equal([bridge, s_network, behind, loop], PciBus.Enumerate(space).Select(device => device.Address));
    }

    [Fact]
    public void OtherFunctionsExistOnlyWhereTheFirstSaysSo()
    {
        FakeConfigurationSpace space = new FakeConfigurationSpace()
            .With(new PciAddress(0, 4, 0), 0x00, 0x1111_1111)
            .With(new PciAddress(0, 4, 1), 0x00, 0x1111_1111)
            .With(new PciAddress(0, 5, 0), 0x00, 0x1111_1111).With(new PciAddress(0, 5, 0), 0x0C, 0x0080_0000)
            .With(new PciAddress(0, 5, 6), 0x00, 0x1111_1111);
        IEnumerable<string> found = PciBus.Enumerate(space).Select(device => device.Address.ToString());
        Assert.Equal(["00:04.0", "00:05.0", "00:05.6"], found);
    }

    [Fact]
    public void ARingOfCapabilitiesEnds()
    {
        FakeConfigurationSpace space = WithNetworkCard().With(s_network, 0xE0, 0x0000_DC05);
        Assert.Equal(48, Assert.Single(PciBus.Enumerate(space)).Capabilities.Count);
    }

    [Fact]
    public void ABarWithASizeThatIsNoPowerOfTwoIsLeftOut()
    {
        FakeConfigurationSpace space = WithNetworkCard().With(s_network, 0x10, 0xFEB8_0000, 0xFFFA_0000);
        Assert.Equal([1, 2], Assert.Single(PciBus.Enumerate(space)).Bars.Select(bar => bar.Index));
    }
}
