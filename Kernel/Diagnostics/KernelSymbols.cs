using System;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Startup;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>Names for addresses in the kernel image, from the symbol file that the boot loader brought. Allocates nothing.</summary>
public static class KernelSymbols
{
    /// <summary>Adds function and line of a code address. Nothing is added if they are not known.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="address">The address.</param>
    /// <param name="isReturnAddress">Whether the instruction before it is meant.</param>
    public static void AppendLocation(ref Utf8Text text, ulong address, bool isReturnAddress)
    {
        ulong instruction = isReturnAddress ? address - 1 : address;
        if (BootEnvironment.TryGetModule("kernel.sym"u8, out ReadOnlySpan<byte> file)
            && SymbolTable.TryRead(file, out SymbolTable table)
            && table.TryFind(instruction - table.LinkBase, out SymbolLocation location))
        {
            text.Append((byte)' ');
            location.AppendTo(ref text);
        }
    }
}
