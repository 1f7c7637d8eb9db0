using System;
using NooksOS.Kernel.Memory;

namespace NooksOS.Image.Hosting;

/// <summary>
/// A page of the kernel's that nobody uses, for drivers that are told to have their devices write to memory of the kernel: whether one has is
/// seen by its content, and where nothing keeps devices from memory the kernel does not end of it.
/// </summary>
internal static unsafe class DmaTarget
{
    private const byte Pattern = 0x5A;

    private static void* s_page;

    /// <summary>Where devices would find it.</summary>
    public static ulong PhysicalAddress => PhysicalMemory.FromPointer(s_page);

    /// <summary>Whether nobody has written to it.</summary>
    // SAFETY: the page is never freed, and the direct map covers it.
    public static bool IsIntact => !new ReadOnlySpan<byte>(s_page, (int)AddressLayout.PageBytes).ContainsAnyExcept(Pattern);

    /// <summary>Takes the page. Once.</summary>
    public static void Make()
    {
        s_page = FrameAllocator.AllocateZeroedPage();
        if (s_page == null)
        {
            throw new OutOfMemoryException();
        }

        // SAFETY: as above.
        new Span<byte>(s_page, (int)AddressLayout.PageBytes).Fill(Pattern);
    }
}
