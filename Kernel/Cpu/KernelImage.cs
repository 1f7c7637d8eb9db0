using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Kernel.Cpu;

/// <summary>The kernel's own image.</summary>
public static unsafe class KernelImage
{
    private static ImageCodeRanges s_code;

    /// <summary>Where its code lies.</summary>
    public static ref readonly ImageCodeRanges Code => ref s_code;

    /// <summary>Reads the ranges, before exceptions are handled.</summary>
    internal static void Initialize()
    {
        ImageCodeRanges code;

        // SAFETY: the function fills exactly the five words of the structure.
        ReadCodeRanges(&code);
        s_code = code;
    }

    [RuntimeImport("*", "cpu_get_code_ranges")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ReadCodeRanges(ImageCodeRanges* destination);
}
