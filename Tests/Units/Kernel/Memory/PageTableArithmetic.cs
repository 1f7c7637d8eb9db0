using NooksOS.Kernel.Memory;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Memory;

public sealed class PageTableArithmetic
{
    [Theory]
    [InlineData(0, 0x0000_0000_0000_0000ul)]
    [InlineData(1, 0x0000_0080_0000_0000ul)]
    [InlineData(127, 0x0000_3F80_0000_0000ul)]
    [InlineData(AddressLayout.DirectMapSlot, AddressLayout.DirectMapBase)]
    [InlineData(AddressLayout.KernelMappingsSlot, AddressLayout.KernelMappingsBase)]
    [InlineData(AddressLayout.InterruptStackSlot, AddressLayout.InterruptStackBase)]
    [InlineData(511, 0xFFFF_FF80_0000_0000ul)]
    public void SlotsHaveCanonicalAddresses(int slot, ulong address)
    {
        Assert.Equal(address, AddressLayout.SlotBase(slot));
        Assert.Equal(slot, AddressLayout.SlotOf(address));
        Assert.True(PageTableEntry.IsCanonical(address));
    }

    [Fact]
    public void TheKernelImageLiesInItsSlot()
        => Assert.Equal(AddressLayout.KernelImageSlot, AddressLayout.SlotOf(AddressLayout.KernelImageBase));

    [Fact]
    public void IndexesOfEachLevel()
    {
        const ulong Address = (3UL << 39) | (5UL << 30) | (7UL << 21) | (9UL << 12) | 0x123;
        Assert.Equal([9, 7, 5, 3], [
            PageTableEntry.IndexOf(Address, 0), PageTableEntry.IndexOf(Address, 1), PageTableEntry.IndexOf(Address, 2), PageTableEntry.IndexOf(Address, 3)]);
    }

    [Theory]
    [InlineData(PageFlags.None, 0x8000_0000_0000_1001ul)]
    [InlineData(PageFlags.Writable | PageFlags.User, 0x8000_0000_0000_1007ul)]
    [InlineData(PageFlags.Executable | PageFlags.Global, 0x0000_0000_0000_1101ul)]
    [InlineData(PageFlags.Writable | PageFlags.Uncached | PageFlags.NotOwned, 0x8000_0000_0000_121Bul)]
    [InlineData(PageFlags.WriteCombining, 0x8000_0000_0000_1009ul)]
    public void LeafEntriesHaveTheArchitecturesBits(PageFlags flags, ulong entry)
    {
        Assert.Equal(entry, PageTableEntry.MakeLeaf(0x1000, flags, 0));
        Assert.Equal(flags, PageTableEntry.FlagsOf(entry));
        Assert.Equal(5, PageTableEntry.ProtectionKeyOf(PageTableEntry.MakeLeaf(0x1000, flags, 5)));
    }

    [Theory]
    [InlineData(PageFlags.Writable | PageFlags.Executable, 0)]
    [InlineData(PageFlags.Uncached | PageFlags.WriteCombining, 0)]
    [InlineData(PageFlags.None, 16)]
    [InlineData(PageFlags.None, -1)]
    public void ContradictionsAreInvalid(PageFlags flags, int protectionKey) => Assert.False(PageTableEntry.AreValid(flags, protectionKey));
}
