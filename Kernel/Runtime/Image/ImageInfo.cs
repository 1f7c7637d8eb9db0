using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>Addresses of the image's parts, from the linker script; see <c>image.asm</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageInfo
{
    /// <summary>First byte of code made from C#.</summary>
    public byte* ManagedCodeStart;

    /// <summary>End of it.</summary>
    public byte* ManagedCodeEnd;

    /// <summary>The .eh_frame_hdr section.</summary>
    public byte* FrameTable;

    /// <summary>First byte of .data, .bss and what is hydrated into it: roots of the collector.</summary>
    public byte* DataStart;

    /// <summary>End of it.</summary>
    public byte* DataEnd;

    /// <summary>Where a catch funclet returns to.</summary>
    public byte* AfterCatchFunclet;

    /// <summary>Where a finally funclet returns to.</summary>
    public byte* AfterFinallyFunclet;

    /// <summary>Where a filter funclet returns to.</summary>
    public byte* AfterFilterFunclet;

    /// <summary>The block shared with the kernel.</summary>
    public ImageBlock* Block;

    /// <summary>The image's own.</summary>
    // SAFETY: the function returns the address of a static structure of this layout.
    public static ImageInfo* Current => Get();

    [RuntimeImport("*", "rt_get_image")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ImageInfo* Get();
}
