using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>Maps and unmaps pages in a domain's slot. Every view shares the tables below the top level.</summary>
public static unsafe class DomainPages
{
    /// <summary>Maps new zeroed frames. All or nothing.</summary>
    public static bool TryMapNew(DomainControl* domain, ulong address, ulong pageCount, PageFlags flags)
    {
        for (ulong page = 0; page < pageCount; page++)
        {
            void* frame = FrameAllocator.AllocateZeroedPage();
            if (frame == null
                || !TryMap(domain, address + (page * PageTables.PageBytes), AddressLayout.ToPhysical(frame), flags))
            {
                if (frame != null)
                {
                    FrameAllocator.FreePage(frame);
                }

                Unmap(domain, address, page);
                return false;
            }
        }

        return true;
    }

    /// <summary>Maps one frame.</summary>
    public static bool TryMap(DomainControl* domain, ulong address, ulong physicalAddress, PageFlags flags)
        => PageTables.Map(
            ProcessorBlock.Current->KernelView, address, physicalAddress, flags | PageFlags.User, domain->ProtectionKey);

    /// <summary>Unmaps pages and frees their frames, unless they belong to a device.</summary>
    public static void Unmap(DomainControl* domain, ulong address, ulong pageCount)
    {
        for (ulong page = 0; page < pageCount; page++)
        {
            PageTables.Unmap(ProcessorBlock.Current->KernelView, address + (page * PageTables.PageBytes));
        }
    }
}
