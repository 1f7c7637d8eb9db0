using System;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Memory;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Memory;

public sealed unsafe class PageTableTreeBehavior : IDisposable
{
    private const uint FrameCount = 64;
    private const ulong Page = 0x80_0010_0000;

    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(FrameCount * AddressLayout.PageBytes, AddressLayout.PageBytes);
    private readonly void* _records = NativeMemory.AllocZeroed((nuint)BuddyAllocator.RecordBytes(FrameCount));
    private readonly ulong _root;
    private BuddyAllocator _frames;

    public PageTableTreeBehavior()
    {
        new Span<byte>(_memory, (int)(FrameCount * AddressLayout.PageBytes)).Fill(0xA5);
        _frames.Initialize((FrameRecord*)_records, FrameCount);
        Assert.True(_frames.TryAdd(1, FrameCount - 1));
        _root = new PageTableTree(_memory, ref _frames, 0).AllocateTable();
    }

    private PageTableTree Tree => new(_memory, ref _frames, _root);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        NativeMemory.Free(_records);
    }

    [Fact]
    public void AMappedPageTranslatesWithItsOffset()
    {
        Assert.Equal(PageTableResult.Done, Tree.Map(Page, 0x7000, PageFlags.Writable | PageFlags.User, 3));
        Assert.True(Tree.TryTranslate(Page + 0x123, out PageTranslation translation));
        Assert.Equal(new PageTranslation(0x7123, PageFlags.Writable | PageFlags.User, 3), translation);
        Assert.False(Tree.TryTranslate(Page + 0x1000, out _));
        Assert.False(Tree.TryTranslate(Page - 1, out _));
    }

    [Fact]
    public void TheTopLevelEntryOfADomainHasNoUserBit()
    {
        Tree.Map(Page, 0x7000, PageFlags.User, 0);
        ulong entry = ((ulong*)(_memory + _root))[AddressLayout.SlotOf(Page)];
        Assert.Equal(PageTableEntry.Present | PageTableEntry.Writable, entry & ~PageTableEntry.AddressMask);
    }

    [Fact]
    public void EveryTableIsCounted()
    {
        Assert.Equal(1u, Tree.CountTables());
        Tree.Map(Page, 0x7000, PageFlags.None, 0);
        Assert.Equal(4u, Tree.CountTables());
        Tree.MapLarge(AddressLayout.DirectMapBase, 0, PageFlags.None);
        Assert.Equal(6u, Tree.CountTables());
        Tree.Map(AddressLayout.DirectMapBase + AddressLayout.LargePageBytes, 0x7000, PageFlags.None, 0);
        Assert.Equal(7u, Tree.CountTables());
        Assert.Equal(Tree.Audit().TableCount + 1, Tree.CountTables());
    }

    [Fact]
    public void MappingTwiceIsRefused()
    {
        Assert.Equal(PageTableResult.Done, Tree.Map(Page, 0x7000, PageFlags.None, 0));
        Assert.Equal(PageTableResult.AlreadyMapped, Tree.Map(Page, 0x8000, PageFlags.None, 0));
        Assert.True(Tree.TryTranslate(Page, out PageTranslation translation));
        Assert.Equal(0x7000u, translation.PhysicalAddress);
    }

    [Theory]
    [InlineData(Page + 1, 0x7000ul, PageFlags.None)]
    [InlineData(0x0000_8000_0000_0000ul, 0x7000ul, PageFlags.None)]
    [InlineData(Page, 0x7001ul, PageFlags.None)]
    [InlineData(Page, 0x7000ul, PageFlags.Writable | PageFlags.Executable)]
    public void InvalidArgumentsAreRefused(ulong virtualAddress, ulong physicalAddress, PageFlags flags)
    {
        nuint free = _frames.FreeFrames;
        Assert.Equal(PageTableResult.InvalidArgument, Tree.Map(virtualAddress, physicalAddress, flags, 0));
        Assert.Equal(free, _frames.FreeFrames);
    }

    [Fact]
    public void ProtectKeepsFrameOwnershipAndCaching()
    {
        Tree.Map(Page, 0x7000, PageFlags.Writable | PageFlags.NotOwned | PageFlags.Uncached, 0);
        Assert.Equal(PageTableResult.Done, Tree.Protect(Page, PageFlags.User, 2));
        Assert.True(Tree.TryTranslate(Page, out PageTranslation translation));
        Assert.Equal(new PageTranslation(0x7000, PageFlags.User | PageFlags.NotOwned | PageFlags.Uncached, 2), translation);
        Assert.Equal(PageTableResult.NotMapped, Tree.Protect(Page + 0x1000, PageFlags.None, 0));
    }

    [Fact]
    public void UnmapReturnsTheEntry()
    {
        Tree.Map(Page, 0x7000, PageFlags.Writable, 0);
        ulong entry = Unmap(Page);
        Assert.Equal(0x7000u, entry & PageTableEntry.AddressMask);
        Assert.Equal(0u, Unmap(Page));
    }

    [Fact]
    public void PagesInARowMayLieInTwoTables()
    {
        const ulong First = 0x80_001F_E000;
        ulong[] frames = [0x7000, 0x9000, 0x3000, 0x4000];
        Assert.Equal(PageTableResult.Done, Tree.Map(First, frames, PageFlags.Writable, 0, out int mapped));
        Assert.Equal(4, mapped);
        for (int index = 0; index < frames.Length; index++)
        {
            Assert.True(Tree.TryTranslate(First + ((ulong)index * AddressLayout.PageBytes), out PageTranslation translation));
            Assert.Equal(frames[index], translation.PhysicalAddress);
        }

        // With one page that is not mapped on either side.
        ulong[] entries = new ulong[6];
        Tree.Unmap(First - AddressLayout.PageBytes, entries);
        Assert.Equal([0, .. frames, 0], Array.ConvertAll(entries, entry => entry & PageTableEntry.AddressMask));
        Assert.Equal(0u, Tree.Audit().LeafCount);
    }

    [Fact]
    public void AMappedPageEndsARow()
    {
        Tree.Map(Page + (2 * AddressLayout.PageBytes), 0x7000, PageFlags.None, 0);
        Assert.Equal(
            PageTableResult.AlreadyMapped, Tree.Map(Page, [0x8000, 0x9000, 0xA000, 0xB000], PageFlags.None, 0, out int mapped));
        Assert.Equal((2, (nuint)3), (mapped, Tree.Audit().LeafCount));
    }

    [Fact]
    public void ARowEndsWithTheHalfOfTheAddresses()
    {
        const ulong Last = 0x7FFF_FFFF_F000;
        Assert.Equal(PageTableResult.InvalidArgument, Tree.Map(Last, [0x8000, 0x9000], PageFlags.None, 0, out int mapped));
        Assert.Equal(1, mapped);
        ulong[] entries = new ulong[2];
        Tree.Unmap(Last, entries);
        Assert.Equal((0x8000u, 0u), (entries[0] & PageTableEntry.AddressMask, entries[1]));
    }

    [Fact]
    public void LargePagesTranslateAndAreNotSplitByAccident()
    {
        Assert.Equal(PageTableResult.Done, Tree.MapLarge(0x80_0020_0000, 0x20_0000, PageFlags.Writable));
        Assert.True(Tree.TryTranslate(0x80_0034_5678, out PageTranslation translation));
        Assert.Equal(0x34_5678u, translation.PhysicalAddress);
        Assert.Equal(PageTableResult.AlreadyMapped, Tree.Map(0x80_0030_0000, 0x7000, PageFlags.None, 0));
        Assert.Equal(0u, Unmap(0x80_0020_0000));
        Assert.Equal(PageTableResult.InvalidArgument, Tree.MapLarge(0x80_0010_0000, 0, PageFlags.None));
    }

    [Fact]
    public void FreeingASlotGivesBackOwnedFramesAndTablesOnly()
    {
        nuint before = _frames.FreeFrames;
        int slot = AddressLayout.SlotOf(Page);
        uint foreign = _frames.Allocate(1);
        for (uint index = 0; index < 5; index++)
        {
            ulong frame = (ulong)_frames.Allocate(1) << AddressLayout.PageShift;

            // Pages in two second-level tables.
            Assert.Equal(PageTableResult.Done, Tree.Map(Page + (index * 0x3000_0000), frame, PageFlags.Writable, 0));
        }

        Assert.Equal(PageTableResult.Done, Tree.Map(Page + 0x5000, (ulong)foreign << 12, PageFlags.NotOwned, 0));
        nuint used = before - _frames.FreeFrames;
        Assert.Equal(used - 1, Tree.FreeSlot(slot));
        Assert.Equal(before - 1, _frames.FreeFrames);
        Assert.False(Tree.TryTranslate(Page, out _));
        Assert.Equal(0u, Tree.FreeSlot(slot));
    }

    [Fact]
    public void AnAuditFindsWhatMustNotBe()
    {
        Tree.Map(Page, 0x7000, PageFlags.Writable, 0);
        Tree.Map(Page + 0x1000, 0x8000, PageFlags.Executable, 0);
        Tree.MapLarge(0x80_0020_0000, 0x20_0000, PageFlags.Writable);
        Assert.Equal(new PageTableAudit { LeafCount = 3, ExecutableCount = 1, TableCount = 3 }, Tree.Audit());

        // What Map refuses, done by hand.
        Tree.Map(0, 0x7000, PageFlags.Executable, 0);
        ulong* table = (ulong*)(_memory + _root);
        for (int level = 0; level < 3; level++)
        {
            table = (ulong*)(_memory + (*table & PageTableEntry.AddressMask));
        }

        *table |= PageTableEntry.Writable;
        PageTableAudit audit = Tree.Audit();
        Assert.Equal((1u, 1u), (audit.WritableExecutableCount, audit.NullSlotCount));
    }

    [Fact]
    public void WithoutFramesMappingFailsAndNothingIsMapped()
    {
        while (_frames.FreeFrames > 2)
        {
            _frames.Allocate(1);
        }

        Assert.Equal(PageTableResult.OutOfMemory, Tree.Map(Page, 0x7000, PageFlags.None, 0));
        Assert.False(Tree.TryTranslate(Page, out _));
        Assert.Equal(2u, Tree.FreeSlot(AddressLayout.SlotOf(Page)));
    }

    private ulong Unmap(ulong virtualAddress)
    {
        ulong entry = 0;
        Tree.Unmap(virtualAddress, new Span<ulong>(ref entry));
        return entry;
    }
}
