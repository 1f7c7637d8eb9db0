using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool.Campaigns;

public sealed class DevicesOfTrials
{
    [Theory]
    [InlineData("e1000", "none", false)]
    [InlineData("es1371", "ES1370", false)]
    [InlineData("sb16", "sb16", false)]
    [InlineData("ahci", "none", true)]
    [InlineData("virtio-blk", "none", true)]
    [InlineData("vfat", "none", true)]
    public void AnExtensionHasWhatItDrives(string extension, string sound, bool hasDisk)
    {
        TrialDevices devices = TrialDevices.For([extension, "tcpip"]);
        Assert.Equal((sound, hasDisk), (devices.Sound, devices.HasDisk));
        Assert.Equal(extension == "virtio-blk" ? DiskBus.Virtio : DiskBus.Ahci, devices.DiskBus);
    }

    [Theory]
    [InlineData("pcnet32", "pcnet")]
    [InlineData("rtl8139", "rtl8139")]
    [InlineData("virtio-net", "virtio-net-pci")]
    [InlineData("vfat", "e1000")]
    public void TheNetworkCardIsThatOfTheDriver(string extension, string nic) => Assert.Equal(nic, TrialDevices.NicFor(["tcpip", extension]));

    [Fact]
    public void TwoDevicesOfAKindNeedTwoCampaigns()
    {
        Assert.Throws<HostException>(() => TrialDevices.For(["es1371", "sb16"]));
        Assert.Throws<HostException>(() => TrialDevices.For(["ahci", "virtio-blk"]));
    }
}
