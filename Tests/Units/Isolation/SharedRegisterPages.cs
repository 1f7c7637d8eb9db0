using System.Collections.Generic;
using System.Linq;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Tests.Units.Kernel.Bus;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class SharedRegisterPages
{
    private static readonly PciAddress s_small = new(0, 2, 0);
    private static readonly PciAddress s_other = new(0, 3, 0);

    [Theory]
    [InlineData(0xFEB8_1000u, 0xFFFF_F000u, true)]
    [InlineData(0xFEB7_F000u, 0xFFFF_F000u, true)]
    [InlineData(0xFEB8_0100u, 0xFFFF_FF00u, false)]
    [InlineData(0xFEB8_0FE0u, 0xFFFF_FFE0u, false)]
    [InlineData(0xFEB0_0000u, 0xFFF0_0000u, false)]
    [InlineData(0x0000_C001u, 0xFFFF_FFC0u, true)]
    public void AWindowIsMappedOnlyIfItsPagesAreOnlyItsOwn(uint otherBar, uint otherMask, bool isAllowed)
    {
        FakeConfigurationSpace space = new FakeConfigurationSpace()
            .With(s_small, 0x00, 0x2000_1022)
            .With(s_small, 0x08, 0x0200_0010)
            .With(s_small, 0x10, 0xFEB8_0000, 0xFFFF_FFE0)
            .With(s_other, 0x00, 0x2922_8086)
            .With(s_other, 0x08, 0x0106_0102)
            .With(s_other, 0x10, otherBar, otherMask);
        IReadOnlyList<PciDevice> functions = PciBus.Enumerate(space);
        PciDevice device = functions.Single(function => function.Address == s_small);
        Assert.True(device.TryGetBar(0, out PciBar bar));

        Assert.Equal(isAllowed, RegisterPages.AreOnlyOf(device, bar, functions));
    }
}
