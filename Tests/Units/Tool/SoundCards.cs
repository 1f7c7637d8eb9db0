using System.Collections.Generic;
using System.IO;
using System.Linq;
using NooksOS.Tests.Units.Architecture;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using NooksOS.Tool.Sound;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class SoundCards
{
    [Theory]
    [InlineData("ES1370", "es1371")]
    [InlineData("sb16", "sb16")]
    [InlineData("none", null)]
    public void EveryCardHasItsDriver(string card, string? driver)
        => Assert.Equal(driver, new BootOptions { Sound = card }.SoundDriver);

    [Fact]
    public void EveryDriverOfAProjectDrivesACard()
    {
        string[] drivers =
        [
            .. SourceTree.Files("*.csproj", "Drivers")
                .Select(File.ReadAllText)
                .Where(project => project.Contains("Drivers.Sound.csproj"))
                .Select(project => project.Split("<NooksImageName>")[1].Split('<')[0]),
        ];
        Assert.Equal(2, drivers.Length);
        Assert.All(drivers, driver => Assert.Contains(driver, SoundModels.Names.Select(SoundModels.DriverOf)));
    }

    [Fact]
    public void ARecordingHasTheRateOfTheMixer()
    {
        BootOptions options = new() { Sound = "sb16", SoundFile = "/tmp/a,b.wav", Files = ["/tmp/track.wav"] };
        IReadOnlyList<string> arguments = QemuCommandLine.Build(options, new MachineWiring { IsoFile = "/tmp/nooks.iso" });
        Assert.Contains("wav,id=sound,path=/tmp/a,,b.wav,out.frequency=44100,out.channels=2,out.format=s16", arguments);
        Assert.Contains("sb16,audiodev=sound", arguments);
        Assert.Contains("name=opt/org.nooks/files/track.wav,file=/tmp/track.wav", arguments);
    }

    [Fact]
    public void DevicesOfOneLineAreFourSlotsApart()
    {
        BootOptions options = new()
        {
            Sound = SoundModels.PciCard,
            Disks = ["/tmp/a.img"],
            DiskBus = DiskBus.Virtio,
            SharesInterruptLine = true,
        };
        IReadOnlyList<string> arguments = QemuCommandLine.Build(options, new MachineWiring { IsoFile = "/tmp/nooks.iso" });
        Assert.Contains("e1000,netdev=network,addr=4", arguments);
        Assert.Contains("ES1370,audiodev=sound,addr=8", arguments);
        Assert.Contains("virtio-blk-pci,drive=disk0,serial=disk0,disable-legacy=on,iommu_platform=on,addr=c", arguments);
        Assert.Contains("--shared-line", options.ToArguments());
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 2, 3 }, 3)]
    [InlineData(new byte[] { 1, 2, 3 }, 3)]
    [InlineData(new byte[] { 1, 0, 0, 2, 3 }, 3)]
    [InlineData(new byte[] { 1, 3 }, 1)]
    [InlineData(new byte[] { 1, 2, 2, 3 }, 2)]
    [InlineData(new byte[] { 1, 2 }, 2)]
    public void OnlySilenceMayComeBetweenTheFramesOfATrack(byte[] recorded, int equal)
        => Assert.Equal(equal, SoundComparison.Of(Frames([1, 2, 3]), Frames(recorded)).EqualFrames);

    [Fact]
    public void SilencesInsideATrackAreMeasured()
        => Assert.Equal([2, 1], SoundComparison.Of(Frames([1, 2, 3]), Frames([0, 1, 0, 0, 2, 0, 3, 0])).SilentFrames);

    [Fact]
    public void WhatCameInsteadIsNamed()
    {
        byte[] track = Frames([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        byte[] recorded = Frames([1, 2, 3, 0, 2, 3, 4, 5, 6, 7, 8, 9]);
        Assert.Equal("frame 1 came for frame 3, after 1 silent ones", SoundComparison.Of(track, recorded).Difference);
        Assert.Equal("something that is not of the track came for frame 1, after 0 silent ones", SoundComparison.Of(track, Frames([1, 99])).Difference);
        Assert.Equal("nothing came after frame 2", SoundComparison.Of(track, Frames([1, 2])).Difference);
        Assert.Null(SoundComparison.Of(track, track).Difference);
    }

    private static byte[] Frames(byte[] values) => [.. values.SelectMany(value => new byte[] { value, 0, 0, value })];
}
