using System;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Image.Soundness;

/// <summary>Checksums of what must not change in the kernel while it runs.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Constants">What it only reads.</param>
/// <param name="InterruptTable">Where interrupts go.</param>
internal readonly record struct KernelFingerprint(ulong Code, ulong Constants, ulong InterruptTable)
{
    /// <summary>Computes them of the running kernel.</summary>
    public static KernelFingerprint Take()
    {
        KernelSections sections = KernelSections.Read();
        return new KernelFingerprint(
            ChecksumOf(sections.CodeStart, sections.CodeEnd),
            ChecksumOf(sections.ReadOnlyStart, sections.ReadOnlyEnd),
            WordHash.Of(DescriptorTables.InterruptTable));
    }

    // SAFETY: the linker's own bounds of what the kernel has mapped for as long as it runs.
    private static unsafe ulong ChecksumOf(ulong start, ulong end)
        => WordHash.Of(new ReadOnlySpan<byte>((void*)start, (int)(end - start)));
}
