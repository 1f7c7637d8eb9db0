using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>Maps and unmaps pages in a domain's slot. Every view shares the tables below the top level.</summary>
public static unsafe class DomainPages
{
    /// <summary>Maps new zeroed frames. All or nothing.</summary>
    public static bool TryMapNew(DomainControl* domain, ulong address, ulong pageCount, PageFlags flags)
        => PageTables.AllocateRange(
            ProcessorBlock.Current->KernelView, address, (nuint)pageCount, flags | PageFlags.User, (int)domain->ProtectionKey)
            == PageTableResult.Done;

    /// <summary>Maps one frame.</summary>
    public static bool TryMap(DomainControl* domain, ulong address, ulong physicalAddress, PageFlags flags)
        => PageTables.Map(
            ProcessorBlock.Current->KernelView, address, physicalAddress, flags | PageFlags.User, (int)domain->ProtectionKey)
            == PageTableResult.Done;

    /// <summary>Maps frames that follow each other. All or nothing.</summary>
    public static bool TryMapRange(DomainControl* domain, ulong address, ulong physicalAddress, ulong pageCount, PageFlags flags)
        => PageTables.MapRange(
            ProcessorBlock.Current->KernelView,
            address,
            physicalAddress,
            (nuint)pageCount,
            flags | PageFlags.User,
            (int)domain->ProtectionKey)
            == PageTableResult.Done;

    /// <summary>Unmaps pages and frees their frames, unless they belong to a device.</summary>
    public static void Unmap(DomainControl* domain, ulong address, ulong pageCount)
        => PageTables.FreeRange(ProcessorBlock.Current->KernelView, address, (nuint)pageCount);
}
