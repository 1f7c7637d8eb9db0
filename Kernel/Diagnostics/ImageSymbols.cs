using System;
using NooksOS.Kernel.Startup;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>Finds functions and lines in the symbol files that the boot loader has brought along. Allocates nothing.</summary>
public static class ImageSymbols
{
    /// <summary>Finds the place that an offset of an image belongs to.</summary>
    /// <param name="moduleName">The symbol file, such as "e1000.sym".</param>
    /// <param name="imageOffset">The offset.</param>
    /// <param name="location">The place.</param>
    public static bool TryFind(scoped ReadOnlySpan<byte> moduleName, ulong imageOffset, out SymbolLocation location)
    {
        location = default;
        return BootEnvironment.TryGetModule(moduleName, out ReadOnlySpan<byte> file)
            && TryFindIn(file, imageOffset, out location);
    }

    /// <summary>Finds the place that an offset of an image belongs to, in the contents of a symbol file.</summary>
    public static bool TryFindIn(ReadOnlySpan<byte> file, ulong imageOffset, out SymbolLocation location)
    {
        location = default;
        return SymbolTable.TryRead(file, out SymbolTable table) && table.TryFind(imageOffset, out location);
    }

    /// <summary>Finds the place that an address of the kernel's own code belongs to.</summary>
    public static bool TryFindInKernel(ulong address, out SymbolLocation location)
    {
        location = default;
        return BootEnvironment.TryGetModule("kernel.sym"u8, out ReadOnlySpan<byte> file)
            && SymbolTable.TryRead(file, out SymbolTable table)
            && address >= table.LinkBase
            && table.TryFind(address - table.LinkBase, out location);
    }
}
