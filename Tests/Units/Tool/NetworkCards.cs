using System.IO;
using System.Linq;
using NooksOS.Tests.Units.Architecture;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class NetworkCards
{
    private static readonly string[] s_libraries = ["Drivers.Common.csproj", "Drivers.Intel8254x.csproj"];

    [Theory]
    [InlineData("e1000", "e1000")]
    [InlineData("e1000-82545em", "e1000")]
    [InlineData("e1000e", "e1000e")]
    [InlineData("pcnet", "pcnet32")]
    [InlineData("rtl8139", "rtl8139")]
    [InlineData("virtio-net-pci", "virtio-net")]
    [InlineData("none", null)]
    public void EveryCardHasItsDriver(string nic, string? driver)
        => Assert.Equal(driver, new BootOptions { Nic = nic }.NetworkDriver);

    [Fact]
    public void EveryNetworkDriverDrivesACard()
    {
        string[] drivers =
        [
            .. SourceTree.Files("*.csproj", "Drivers")
                .Select(File.ReadAllText)
                .Where(project => project.Contains("<NooksDevice") && s_libraries.Any(project.Contains))
                .Select(project => project.Split("<NooksImageName>")[1].Split('<')[0]),
        ];
        Assert.NotEmpty(drivers);
        Assert.All(drivers, driver => Assert.Contains(driver, NicModels.Names.Select(NicModels.DriverOf)));
    }
}
