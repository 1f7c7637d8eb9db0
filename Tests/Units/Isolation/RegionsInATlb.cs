using System.Linq;
using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

/// <summary>
/// What a driver uses all the time does not take turns with its device's registers in an entry of the TLB: the emulator's table
/// grew to a million entries of that, which each switch of address spaces had to clear.
/// </summary>
public sealed class RegionsInATlb
{
    private const ulong PageBytes = 4096;
    private const ulong DirectoryBytes = 1UL << 30;
    private const ulong SmallestTable = 64;
    private const ulong UsualTable = 256;
    private const ulong RegisterPages = 8;
    private const ulong FirstPages = 16;
    private const ulong ImagePages = 160;

    [Theory]
    [InlineData(SlotLayout.Heap)]
    [InlineData(SlotLayout.DmaBuffers)]
    [InlineData(SlotLayout.Transfer)]
    [InlineData(SlotLayout.Exchange)]
    [InlineData(SlotLayout.Connections)]
    public void FirstPagesLeaveTheEntriesOfRegistersAlone(ulong region)
        => Assert.Empty(Shared(region, FirstPages, SmallestTable));

    [Fact]
    public void AnImageLeavesTheEntriesOfRegistersAlone()
        => Assert.Empty(Shared(SlotLayout.Image, ImagePages, UsualTable));

    [Theory]
    [InlineData(SlotLayout.Image)]
    [InlineData(SlotLayout.Stacks)]
    [InlineData(SlotLayout.RegisterWindows)]
    [InlineData(SlotLayout.DmaBuffers)]
    [InlineData(SlotLayout.Exchange)]
    [InlineData(SlotLayout.HeapEnd - 1)]
    public void OnePageDirectoryLeadsToWhatIsUsedInEveryCall(ulong address)
        => Assert.Equal(0ul, address / DirectoryBytes);

    private static ulong[] Shared(ulong region, ulong pages, ulong tableEntries)
        => [.. Entries(region, pages, tableEntries).Intersect(Entries(SlotLayout.RegisterWindows, RegisterPages, tableEntries))];

    private static ulong[] Entries(ulong region, ulong pages, ulong tableEntries)
        => [.. Enumerable.Range(0, (int)pages).Select(page => ((region / PageBytes) + (ulong)page) % tableEntries)];
}
