using System.Collections.Generic;
using NooksOS.Kernel.Memory;

namespace NooksOS.Image.SelfTests;

/// <summary>The running kernel's page tables and page frames: what must not be there is not, and what was taken comes back.</summary>
internal static class AddressSpaceTests
{
    private const int ScratchSlot = AddressLayout.LastDomainSlot;
    private const int StackBytes = 64 * 1024;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("nothing is writable and executable", NothingIsWritableAndExecutable),
        new("the slot of the null page is empty", NullSlotIsEmpty),
        new("code and constants of the kernel are read-only in the direct map", KernelIsReadOnlyInTheDirectMap),
        new("a freed slot gives every page back", FreedSlotGivesEverythingBack),
        new("a kernel stack has an unmapped page below it", StackHasAGuardPage),
    ];

    private static bool NothingIsWritableAndExecutable()
    {
        PageTableAudit audit = PageTables.Audit(KernelAddressSpace.Root);
        return audit.WritableExecutableCount == 0 && audit.ExecutableCount > 0;
    }

    private static bool NullSlotIsEmpty()
        => PageTables.Audit(KernelAddressSpace.Root).NullSlotCount == 0
            && PageTables.GetSlotEntry(KernelAddressSpace.Root, 0) == 0;

    private static bool KernelIsReadOnlyInTheDirectMap()
    {
        KernelSections sections = KernelSections.Read();
        for (ulong page = sections.CodeStart; page < sections.CodeEnd; page += AddressLayout.PageBytes)
        {
            ulong alias = AddressLayout.DirectMapBase + (page - AddressLayout.KernelImageBase);
            if (!PageTables.TryTranslate(KernelAddressSpace.Root, alias, out PageTranslation translation)
                || (translation.Flags & (PageFlags.Writable | PageFlags.Executable)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool FreedSlotGivesEverythingBack()
    {
        const int PageCount = 600;
        ulong address = AddressLayout.SlotBase(ScratchSlot);
        if (PageTables.GetSlotEntry(KernelAddressSpace.Root, ScratchSlot) != 0)
        {
            return false;
        }

        nuint before = FrameAllocator.FreeFrames;
        PageTableResult result = PageTables.AllocateRange(KernelAddressSpace.Root, address, PageCount, PageFlags.Writable | PageFlags.User);
        nuint taken = before - FrameAllocator.FreeFrames;
        nuint freed = PageTables.FreeSlot(KernelAddressSpace.Root, ScratchSlot);

        // Two lowest tables, and one of each level above.
        return result == PageTableResult.Done && taken == PageCount + 4 && freed == taken;
    }

    private static bool StackHasAGuardPage()
    {
        ulong high = KernelMappings.AllocateStack(StackBytes);
        ulong low = high - StackBytes;
        bool guarded = KernelMappings.IsGuard(low - 1)
            && !KernelMappings.IsGuard(low)
            && !KernelMappings.IsGuard(high - 1);
        KernelMappings.FreeStack(high, StackBytes);
        return guarded && KernelMappings.IsGuard(low);
    }
}
