using System.Text;
using NooksOS.Kernel.Bus.Pci;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus;

public sealed class PciIdentityLists
{
    [Theory]
    [InlineData("8086:100E\n8086:100F\n", true)]
    [InlineData("8086:100f", true)]
    [InlineData("8086:100F\r\n", true)]
    [InlineData("8086:100E\n1022:2000\n", false)]
    [InlineData("", false)]
    [InlineData("\n\n", false)]
    [InlineData("808:6100F\n", false)]
    [InlineData("8086:100F:\n", false)]
    [InlineData(" 8086:100F\n", false)]
    [InlineData("8086-100F\n", false)]
    [InlineData("+086:100F\n8086:10XF\n", false)]
    public void AListNamesWhatIsOnALineOfIt(string list, bool names)
        => Assert.Equal(names, PciIdentityList.Names(Encoding.ASCII.GetBytes(list), 0x8086, 0x100F));
}
