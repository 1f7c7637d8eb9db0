using System;
using System.Text;
using NooksOS.Isolation;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Recovery;

namespace NooksOS.Image.Hosting;

/// <summary>Looks up functions and lines of extensions, and of the kernel where an extension has called it.</summary>
internal sealed class FaultSymbolizer : IFaultSymbolizer
{
    /// <inheritdoc/>
    public CodeLocation Locate(string imageName, uint domainId, ulong address)
    {
        // Every instance has its image at the same place of its slot, so the address alone says where in the image it is.
        bool isInSlot = address < SlotLayout.SlotBytes * SlotLayout.SlotLimit;
        ulong imageOffset = (address % SlotLayout.SlotBytes) - SlotLayout.Image;
        SymbolLocation location;
        bool found = isInSlot
            ? ImageSymbols.TryFindIn(ImageFiles.ReadSymbols(imageName), imageOffset, out location)
            : ImageSymbols.TryFindInKernel(address, out location);
        if (!found)
        {
            return default;
        }

        string symbol = Encoding.UTF8.GetString(location.MethodName);
        if (!location.TypeName.IsEmpty)
        {
            symbol = Encoding.UTF8.GetString(location.TypeName) + "." + symbol;
        }

        string? file = location.FileName.IsEmpty ? null : Encoding.UTF8.GetString(location.FileName);
        return new CodeLocation(symbol, location.OffsetBytes, file, location.Line);
    }
}
