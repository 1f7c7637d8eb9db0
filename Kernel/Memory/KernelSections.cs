using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NooksOS.Kernel.Memory;

/// <summary>Where the parts of the kernel image lie, as the linker has placed them. Each begins at a page. Assembly fills it.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct KernelSections
{
    /// <summary>First byte of what runs before paging, a physical address.</summary>
    public ulong BootStart;

    /// <summary>End of what runs before paging.</summary>
    public ulong BootEnd;

    /// <summary>First byte of the code.</summary>
    public ulong CodeStart;

    /// <summary>End of the code.</summary>
    public ulong CodeEnd;

    /// <summary>First byte of what is only read.</summary>
    public ulong ReadOnlyStart;

    /// <summary>End of what is only read.</summary>
    public ulong ReadOnlyEnd;

    /// <summary>First byte of what is written.</summary>
    public ulong DataStart;

    /// <summary>End of what is written.</summary>
    public ulong DataEnd;

    /// <summary>The physical memory that the image takes.</summary>
    public readonly PhysicalRange PhysicalRange
    {
        get
        {
            ulong low = ulong.Min(CodeStart, ulong.Min(ReadOnlyStart, DataStart));
            ulong high = ulong.Max(CodeEnd, ulong.Max(ReadOnlyEnd, DataEnd));
            return new PhysicalRange(
                AddressLayout.PageFloor(low - AddressLayout.KernelImageBase),
                AddressLayout.PageCeiling(high - AddressLayout.KernelImageBase));
        }
    }

    /// <summary>The physical memory of what runs before paging: code, tables and stack that are needed until the kernel has its own.</summary>
    public readonly PhysicalRange BootRange => new(AddressLayout.PageFloor(BootStart), AddressLayout.PageCeiling(BootEnd));

    /// <summary>Reads the linker's symbols.</summary>
    public static KernelSections Read()
    {
        KernelSections sections;
        Fill(&sections);
        return sections;
    }

    [RuntimeImport("*", "kernel_get_sections")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Fill(KernelSections* sections);
}
