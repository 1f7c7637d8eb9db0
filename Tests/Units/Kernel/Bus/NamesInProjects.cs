using System.Text;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Isa;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus;

public sealed class NamesInProjects
{
    private static readonly LegacyDevice s_device = new("SoundBlaster16", 0x220, 16, 5, [1, 5]);

    [Theory]
    [InlineData("8086:100E\nplace network-device\n", true)]
    [InlineData("place network-device", true)]
    [InlineData("SoundBlaster16\r\nplace network-device\r\n", true)]
    [InlineData("network-device\n", false)]
    [InlineData("place network-devices\nplace network-\nplace  network-device\n", false)]
    [InlineData("", false)]
    public void APlaceIsNamedByALineOfItsOwn(string lines, bool isNamed)
        => Assert.Equal(isNamed, new ImageIdentities(Encoding.ASCII.GetBytes(lines)).NamesPlace("network-device"));

    // A driver of disks that read a file waited for itself, and nobody ever ended that.
    [Theory]
    [InlineData("8086:2922\nplace block-device\n", true)]
    [InlineData("place file-system\n", true)]
    [InlineData("place network-stack\nplace console\n", false)]
    [InlineData("", false)]
    public void WhoeverFilesRestOnUsesNone(string lines, bool isBelowFiles)
        => Assert.Equal(isBelowFiles, new ImageIdentities(Encoding.ASCII.GetBytes(lines)).IsBelowFiles);

    [Theory]
    [InlineData("place network-stack\n", false, false)]
    [InlineData("8086:100E\nplace network-device\n", true, false)]
    [InlineData("place sound-device\nSoundBlaster16", true, true)]
    [InlineData("place SoundBlaster16\n", false, false)]
    [InlineData("\n\n", false, false)]
    [InlineData("", false, false)]
    public void ADriverNamesDevices(string lines, bool isDriver, bool namesTheCard)
    {
        ImageIdentities named = new(Encoding.ASCII.GetBytes(lines));
        Assert.Equal(isDriver, named.IsDriver);
        Assert.Equal(namesTheCard, named.Names(s_device));
    }
}
