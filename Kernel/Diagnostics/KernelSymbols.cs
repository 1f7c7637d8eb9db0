using NooksOS.Kernel.Console;

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
        if (ImageSymbols.TryFindInKernel(isReturnAddress ? address - 1 : address, out SymbolLocation location))
        {
            text.Append((byte)' ');
            location.AppendTo(ref text);
        }
    }
}
