using System;

namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>How firmware tables are read: by physical address, any address that a table names.</summary>
public interface IFirmwareMemory
{
    /// <summary>The bytes at a physical address. False if they cannot be read.</summary>
    bool TryRead(ulong physicalAddress, uint lengthBytes, out ReadOnlySpan<byte> bytes);
}
