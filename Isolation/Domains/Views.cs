using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// The views of the one address space. A view is a top-level page table; it shares everything below with the others, and
/// differs from them in one bit of the entry of its own slot: user under ring 3, writable under page tables.
/// </summary>
public static unsafe class Views
{
    /// <summary>Pages of one view: its top-level table.</summary>
    public const ulong PagesPerView = 1;

    private const int EntryCount = 512;
    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong User = 4;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;

    /// <summary>The slot of the interrupt stacks, which every view may write.</summary>
    private const int InterruptStackSlot = 258;

    // Physical addresses of the views in use, by slot; zero where there is none.
    private static ViewTable s_views;

    /// <summary>Makes an empty slot: a table of its own that every view points to. False if there is no memory.</summary>
    public static bool TryOpenSlot(int slot)
    {
        void* table = FrameAllocator.AllocateZeroedPage();
        if (table == null)
        {
            return false;
        }

        ulong entry = PhysicalMemory.FromPointer(table) | Present | Writable;
        ulong flags = Processor.DisableInterrupts();
        Entries(ProcessorBlock.Current->KernelView)[slot] = entry;
        for (int other = SlotLayout.FirstSlot; other < SlotLayout.SlotLimit; other++)
        {
            if (s_views.Roots[other] != 0)
            {
                Entries(s_views.Roots[other])[slot] = ForeignEntry(entry, s_views.IsPageTable[other] != 0);
            }
        }

        Processor.RestoreInterrupts(flags);
        return true;
    }

    /// <summary>Frees everything that is mapped in a slot, and the slot itself. Returns how many pages were given back.</summary>
    public static ulong CloseSlot(int slot)
    {
        ulong flags = Processor.DisableInterrupts();
        for (int other = SlotLayout.FirstSlot; other < SlotLayout.SlotLimit; other++)
        {
            if (s_views.Roots[other] != 0)
            {
                Entries(s_views.Roots[other])[slot] = 0;
            }
        }

        ulong freed = PageTables.FreeSlot(ProcessorBlock.Current->KernelView, slot);
        Processor.RestoreInterrupts(flags);
        return freed;
    }

    /// <summary>Makes the view of the domain in a slot, or changes it to another back end. False if there is no memory.</summary>
    public static bool TryMakeView(DomainControl* domain, ProtectionBackEnd backEnd)
    {
        int slot = (int)domain->Slot;
        ulong flags = Processor.DisableInterrupts();
        ulong root = s_views.Roots[slot];
        if (root == 0)
        {
            void* page = FrameAllocator.AllocateZeroedPage();
            if (page == null)
            {
                Processor.RestoreInterrupts(flags);
                return false;
            }

            root = PhysicalMemory.FromPointer(page);
        }

        bool isPageTable = backEnd == ProtectionBackEnd.PageTable;
        ulong* kernel = Entries(ProcessorBlock.Current->KernelView);
        ulong* view = Entries(root);
        for (int index = 0; index < EntryCount; index++)
        {
            view[index] = index == InterruptStackSlot ? kernel[index] : ForeignEntry(kernel[index], isPageTable);
        }

        view[slot] = kernel[slot] | Writable | (backEnd == ProtectionBackEnd.Ring3 ? User : 0);
        s_views.Roots[slot] = root;
        s_views.IsPageTable[slot] = isPageTable ? (byte)1 : (byte)0;
        domain->View = root;
        if (ProcessorBlock.Current->CurrentView == root)
        {
            Processor.WriteCr3(root);
        }

        Processor.RestoreInterrupts(flags);
        return true;
    }

    /// <summary>Frees the view of a slot. The processor goes on in the kernel's view if this was the one in force.</summary>
    public static void FreeView(DomainControl* domain)
    {
        int slot = (int)domain->Slot;
        ulong flags = Processor.DisableInterrupts();
        ulong root = s_views.Roots[slot];
        if (root != 0)
        {
            if (ProcessorBlock.Current->CurrentView == root)
            {
                UseKernelView();
            }

            s_views.Roots[slot] = 0;
            domain->View = 0;
            FrameAllocator.FreePages(PhysicalMemory.ToPointer(root), 1);
        }

        Processor.RestoreInterrupts(flags);
    }

    /// <summary>Switches to the view in which everything is writable and nothing is user-accessible.</summary>
    public static void UseKernelView()
    {
        ProcessorBlock* block = ProcessorBlock.Current;
        block->CurrentView = block->KernelView;
        Processor.WriteCr3(block->KernelView);
    }

    private static ulong ForeignEntry(ulong entry, bool isPageTable)
        => isPageTable ? entry & ~Writable : entry;

    // SAFETY: roots are page-aligned physical addresses of tables that the direct map covers.
    private static ulong* Entries(ulong root) => (ulong*)PhysicalMemory.ToPointer(root & AddressMask);

    private struct ViewTable
    {
        public fixed ulong Roots[SlotLayout.SlotLimit];
        public fixed byte IsPageTable[SlotLayout.SlotLimit];
    }
}
