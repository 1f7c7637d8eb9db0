using System;
using NooksOS.Kernel.Startup;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Memory;

/// <summary>How the machine's pages are used, all counted at one moment.</summary>
/// <param name="TotalPages">Pages that the kernel manages, and those that the boot loader has filled.</param>
/// <param name="FreePages">Those that nobody has.</param>
/// <param name="HeapPages">Those of the kernel's heap.</param>
/// <param name="ThreadPages">Those of kernel threads.</param>
/// <param name="DomainPages">Those of domains.</param>
/// <param name="TablePages">Page tables.</param>
/// <param name="BootImagePages">Images of extensions and their symbols as the boot loader brought them, which are kept pristine.</param>
public readonly record struct MemoryUse(
    long TotalPages, long FreePages, long HeapPages, long ThreadPages, long DomainPages, long TablePages, long BootImagePages)
{
    /// <summary>
    /// The rest: code that instances share, and whatever was lost. With the same extensions loaded it is the same before and after a
    /// recovery.
    /// </summary>
    public long OtherPages => TotalPages - FreePages - HeapPages - ThreadPages - DomainPages - TablePages - BootImagePages;

    /// <summary>Counts.</summary>
    /// <param name="countDomainPages">Counts the pages that domains own at this moment.</param>
    public static MemoryUse Take(Func<long> countDomainPages)
    {
        ArgumentNullException.ThrowIfNull(countDomainPages);
        long bootImages = CountBootImages();
        while (true)
        {
            long domains = countDomainPages();
            MemoryUse use = new(
                (long)FrameAllocator.TotalFrames + bootImages,
                (long)FrameAllocator.FreeFrames,
                (long)PlatformPages.HeldPages,
                (long)KernelThread.HeldPages,
                domains,
                (long)PageTables.CountTables(KernelAddressSpace.Root),
                bootImages);

            // Other threads go on meanwhile: again, if the sums do not fit.
            if (use.FreePages == (long)FrameAllocator.FreeFrames && domains == countDomainPages())
            {
                return use;
            }
        }
    }

    private static long CountBootImages()
    {
        ulong pages = 0;
        foreach (BootModule module in BootEnvironment.Information.Modules)
        {
            pages += AddressLayout.PagesFor(module.Range.End - module.Range.Start);
        }

        return (long)pages;
    }
}
