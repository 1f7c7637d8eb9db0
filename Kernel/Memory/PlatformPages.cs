using System.Runtime;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Memory;

/// <summary>The kernel's side of the seam below the runtime: pages for the kernel image's own heap.</summary>
internal static unsafe class PlatformPages
{
    private static nuint s_heldPages;

    /// <summary>Pages that the runtime holds: the kernel's heap.</summary>
    public static nuint HeldPages => s_heldPages;

    [RuntimeExport("PlatformAllocatePages")]
    private static void* Allocate(nuint pageCount)
    {
        // Together, so that whoever counts the machine's memory meanwhile does not miss these pages.
        Scheduler.DisablePreemption();
        void* pages = FrameAllocator.AllocateZeroedPages(pageCount);
        if (pages != null)
        {
            s_heldPages += pageCount;
        }

        Scheduler.EnablePreemption();
        return pages;
    }

    [RuntimeExport("PlatformFreePages")]
    private static void Free(void* pages, nuint pageCount)
    {
        Scheduler.DisablePreemption();
        s_heldPages -= pageCount;
        FrameAllocator.FreePages(pages, pageCount);
        Scheduler.EnablePreemption();
    }
}
