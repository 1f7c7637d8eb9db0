namespace NooksOS.Kernel.Memory;

/// <summary>What a range of physical addresses holds, as the boot loader says (Multiboot2 §3.6.8).</summary>
public enum MemoryRegionKind : uint
{
    /// <summary>Memory that anybody may use.</summary>
    Available = 1,

    /// <summary>Not to be touched.</summary>
    Reserved = 2,

    /// <summary>ACPI tables, free to use once they have been read.</summary>
    AcpiReclaimable = 3,

    /// <summary>Memory that the firmware keeps over sleep.</summary>
    AcpiNonVolatile = 4,

    /// <summary>Broken memory.</summary>
    Defective = 5,
}
