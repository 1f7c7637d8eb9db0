namespace NooksOS.Kernel.Memory;

/// <summary>Kinds of tags in the boot information (Multiboot2 §3.6).</summary>
internal enum BootTag : uint
{
    End = 0,
    CommandLine = 1,
    BootLoaderName = 2,
    Module = 3,
    MemoryMap = 6,
    Framebuffer = 8,
    AcpiOldRootPointer = 14,
    AcpiNewRootPointer = 15,
}
