namespace NooksOS.Kernel.Cpu;

/// <summary>The kernel's own image, read from its header once at boot.</summary>
public static class KernelImage
{
    private static ImageCodeRanges s_code;

    /// <summary>Where its code lies.</summary>
    public static ref readonly ImageCodeRanges Code => ref s_code;

    /// <summary>Sets the ranges, before interrupts and exceptions are handled.</summary>
    public static void SetCode(ImageCodeRanges code) => s_code = code;
}
