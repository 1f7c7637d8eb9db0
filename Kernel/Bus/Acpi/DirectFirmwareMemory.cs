using System;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>Firmware tables through the direct map.</summary>
internal sealed unsafe class DirectFirmwareMemory : IFirmwareMemory
{
    /// <inheritdoc/>
    public bool TryRead(ulong physicalAddress, uint lengthBytes, out ReadOnlySpan<byte> bytes)
    {
        if (lengthBytes > int.MaxValue || !KernelAddressSpace.TryMapFirmware(physicalAddress, lengthBytes))
        {
            bytes = default;
            return false;
        }

        // SAFETY: the line above has mapped all of it, or found it mapped, and it is never unmapped.
        bytes = new ReadOnlySpan<byte>(PhysicalMemory.ToPointer(physicalAddress), (int)lengthBytes);
        return true;
    }
}
