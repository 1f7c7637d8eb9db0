namespace NooksOS.Kernel.Memory;

/// <summary>Physical memory as the kernel sees it: through the direct map.</summary>
public static unsafe class PhysicalMemory
{
    /// <summary>Where a physical address lies in the direct map. Mapped for memory only, not for device registers.</summary>
    public static void* ToPointer(ulong physicalAddress) => (void*)(AddressLayout.DirectMapBase + physicalAddress);

    /// <summary>The physical address of a pointer into the direct map.</summary>
    public static ulong FromPointer(void* pointer) => (ulong)pointer - AddressLayout.DirectMapBase;
}
