using System.Runtime;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>
/// Memory outside the collected heap, for CoreLib's native allocations and the runtime's own structures. Small pieces come
/// from free lists by power of two, large ones are pages; a header before each piece tells which.
/// </summary>
internal static unsafe class NativeMemory
{
    private const nuint PageBytes = 4096;
    private const nuint HeaderBytes = 16;
    private const int SmallestShift = 5;
    private const int LargestShift = 11;

    private static FreeLists s_free;

    /// <summary>Allocates zeroed memory, 16-byte aligned. Null if there is none.</summary>
    public static void* Allocate(nuint bytes)
    {
        nuint total = bytes + HeaderBytes;
        if (total < bytes)
        {
            return null;
        }

        if (total > 1 << LargestShift)
        {
            nuint pages = (total + PageBytes - 1) / PageBytes;
            Header* large = (Header*)Platform.AllocatePages(pages);
            if (large == null)
            {
                return null;
            }

            large->Shift = 0;
            large->Pages = pages;
            large->UsableBytes = bytes;
            return large + 1;
        }

        int shift = SmallestShift;
        while (1u << shift < total)
        {
            shift++;
        }

        Platform.EnterCritical();
        Header* piece = Take(shift);
        Platform.LeaveCritical();
        if (piece == null)
        {
            return null;
        }

        ulong* words = (ulong*)(piece + 1);
        for (nuint index = 0; index < ((1u << shift) - HeaderBytes) / sizeof(ulong); index++)
        {
            words[index] = 0;
        }

        piece->Shift = (uint)shift;
        piece->UsableBytes = bytes;
        return piece + 1;
    }

    /// <summary>Frees memory from <see cref="Allocate"/>; null is allowed.</summary>
    [RuntimeExport("SystemNative_Free")]
    public static void Free(void* memory)
    {
        if (memory == null)
        {
            return;
        }

        Header* piece = (Header*)memory - 1;
        if (piece->Shift == 0)
        {
            Platform.FreePages(piece, piece->Pages);
            return;
        }

        Platform.EnterCritical();
        uint shift = piece->Shift;
        piece->Next = (Header*)s_free.Heads[shift];
        s_free.Heads[shift] = (ulong)piece;
        Platform.LeaveCritical();
    }

    [RuntimeExport("SystemNative_Malloc")]
    private static void* Malloc(nuint bytes) => Allocate(bytes);

    [RuntimeExport("SystemNative_Calloc")]
    private static void* Calloc(nuint count, nuint bytes)
    {
        nuint total = count * bytes;
        return bytes != 0 && total / bytes != count ? null : Allocate(total);
    }

    [RuntimeExport("SystemNative_Realloc")]
    private static void* Reallocate(void* memory, nuint bytes)
    {
        void* moved = Allocate(bytes);
        if (moved == null || memory == null)
        {
            return moved;
        }

        nuint kept = ((Header*)memory - 1)->UsableBytes;
        System.Buffer.MemoryCopy(memory, moved, bytes, kept < bytes ? kept : bytes);
        Free(memory);
        return moved;
    }

    // A page-sized alignment or less is met by over-allocating; the piece's own address is kept just below the aligned one.
    [RuntimeExport("SystemNative_AlignedAlloc")]
    private static void* AllocateAligned(nuint alignment, nuint bytes)
    {
        byte* piece = (byte*)Allocate(bytes + alignment + (nuint)sizeof(void*));
        if (piece == null)
        {
            return null;
        }

        byte* aligned = (byte*)(((nuint)piece + (nuint)sizeof(void*) + alignment - 1) & ~(alignment - 1));
        ((void**)aligned)[-1] = piece;
        return aligned;
    }

    [RuntimeExport("SystemNative_AlignedFree")]
    private static void FreeAligned(void* memory)
    {
        if (memory != null)
        {
            Free(((void**)memory)[-1]);
        }
    }

    private static Header* Take(int shift)
    {
        if (s_free.Heads[shift] == 0)
        {
            byte* page = (byte*)Platform.AllocatePages(1);
            if (page == null)
            {
                return null;
            }

            for (nuint offset = 0; offset < PageBytes; offset += (nuint)1 << shift)
            {
                Header* free = (Header*)(page + offset);
                free->Next = (Header*)s_free.Heads[shift];
                s_free.Heads[shift] = (ulong)free;
            }
        }

        Header* piece = (Header*)s_free.Heads[shift];
        s_free.Heads[shift] = (ulong)piece->Next;
        return piece;
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private struct Header
    {
        [FieldOffset(0)]
        public Header* Next;

        [FieldOffset(0)]
        public uint Shift;

        [FieldOffset(4)]
        public uint PagesLow;

        [FieldOffset(8)]
        public nuint UsableBytes;

        public nuint Pages
        {
            readonly get => PagesLow;
            set => PagesLow = (uint)value;
        }
    }

    private struct FreeLists
    {
        public fixed ulong Heads[LargestShift + 1];
    }
}
