using System;
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

    [Theory]
    [InlineData("e1000", "e1000", "tcpip", "khttpd")]
    [InlineData("e1000", "vfat", "ahci", "sb16")]
    [InlineData("rtl8139", "virtio-blk", "vfat", "es1371", "rtl8139")]
    public void WhatTheMachineRunsIsTried(string networkDriver, params string[] extensions)
        => TrialDevices.For(extensions).Require(extensions, networkDriver);

    [Theory]
    [InlineData("e1000", "nobody")]
    [InlineData("e1000", "tcpip", "iperf")]
    [InlineData("rtl8139", "e1000", "rtl8139")]
    [InlineData(null, "khttpd", "e1000")]
    public void WhatTheMachineDoesNotRunIsRefusedBeforeItBoots(string? networkDriver, params string[] extensions)
    {
        HostException refused = Assert.Throws<HostException>(() => TrialDevices.For(extensions).Require(extensions, networkDriver));
        Assert.Contains("does not run", refused.Message, StringComparison.Ordinal);
    }
}
