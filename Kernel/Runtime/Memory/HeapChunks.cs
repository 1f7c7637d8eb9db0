namespace NooksOS.Runtime;

/// <summary>
/// Memory obtained from the platform, in chunks: one of 16 blocks for cells, or one as long as a large object needs. Kept
/// sorted by address, so that any word can be asked whether it points into the heap.
/// </summary>
internal static unsafe class HeapChunks
{
    private const nuint PageBytes = 4096;
    private const nuint ChunkBytes = 16 * HeapBlock.Bytes;
    // The part of the quota that is left to handles, locks and other things outside of the heap: one eighth.
    private const nuint OverheadShare = 8;
    private const int InitialCapacity = (int)(PageBytes / 16);

    private static Chunk* s_chunks;
    private static int s_count;
    private static int s_capacity;
    private static HeapBlock* s_free;
    private static nuint s_lowest;
    private static nuint s_spanBytes;

    /// <summary>Memory held from the platform.</summary>
    public static nuint HeldBytes { get; private set; }

    /// <summary>Takes a free block, obtaining more memory if there is none. Null if there is no memory.</summary>
    public static HeapBlock* TakeBlock(bool mayExceedQuota)
    {
        if (s_free == null && !TryAddBlocks(mayExceedQuota))
        {
            return null;
        }

        HeapBlock* block = s_free;
        s_free = block->Next;
        *block = default;
        return block;
    }

    /// <summary>Puts a block among the free ones.</summary>
    public static void ReturnBlock(HeapBlock* block)
    {
        *block = default;
        block->Next = s_free;
        s_free = block;
    }

    /// <summary>Obtains memory for a large object. Null if there is none.</summary>
    public static HeapBlock* TakeLarge(nuint objectBytes, bool mayExceedQuota)
    {
        nuint bytes = (objectBytes + HeapBlock.HeaderBytes + PageBytes - 1) & ~(PageBytes - 1);
        if (bytes < objectBytes || !(mayExceedQuota || FitsQuota(bytes)))
        {
            return null;
        }

        HeapBlock* block = (HeapBlock*)Platform.AllocatePages(bytes / PageBytes);
        if (block == null)
        {
            return null;
        }

        if (!TryInsert((byte*)block, bytes))
        {
            Platform.FreePages(block, bytes / PageBytes);
            return null;
        }

        block->Kind = HeapBlockKind.Large;
        block->CellCount = 1;
        block->LargeBytes = bytes;
        HeldBytes += bytes;
        return block;
    }

    /// <summary>Gives the memory of a large object back.</summary>
    public static void FreeLarge(HeapBlock* block)
    {
        nuint bytes = block->LargeBytes;
        Remove(IndexOf((byte*)block));
        HeldBytes -= bytes;
        Platform.FreePages(block, bytes / PageBytes);
    }

    /// <summary>The block that an address lies in, or null if it is not in the heap.</summary>
    public static HeapBlock* Find(nuint address)
    {
        // Most words are no addresses of the heap at all.
        if (address - s_lowest >= s_spanBytes)
        {
            return null;
        }

        int index = IndexOf((byte*)address);
        Chunk* chunk = s_chunks + index;
        nuint offset = address - (nuint)chunk->Start;
        if (offset >= chunk->LengthBytes)
        {
            return null;
        }

        HeapBlock* first = (HeapBlock*)chunk->Start;
        return first->Kind == HeapBlockKind.Large ? first : (HeapBlock*)(chunk->Start + (offset & ~(nuint)(HeapBlock.Bytes - 1)));
    }

    /// <summary>Number of chunks, for walking all blocks.</summary>
    public static int Count => s_count;

    /// <summary>First block of a chunk, and how many blocks it has.</summary>
    public static HeapBlock* Blocks(int index, out int blockCount)
    {
        Chunk* chunk = s_chunks + index;
        HeapBlock* first = (HeapBlock*)chunk->Start;
        blockCount = first->Kind == HeapBlockKind.Large ? 1 : (int)(chunk->LengthBytes / HeapBlock.Bytes);
        return first;
    }

    /// <summary>Gives chunks back in which every block is free, but keeps some memory at hand.</summary>
    public static void Trim(nuint keepBytes)
    {
        for (int index = s_count - 1; index >= 0 && HeldBytes > keepBytes; index--)
        {
            HeapBlock* first = Blocks(index, out int blockCount);
            if (blockCount == 1 && first->Kind == HeapBlockKind.Large)
            {
                continue;
            }

            bool isFree = true;
            for (int block = 0; block < blockCount && isFree; block++)
            {
                isFree = ((HeapBlock*)((byte*)first + (block * HeapBlock.Bytes)))->Kind == HeapBlockKind.Free;
            }

            if (isFree)
            {
                DropFreeBlocks(first, ChunkBytes);
                Remove(index);
                HeldBytes -= ChunkBytes;
                Platform.FreePages(first, ChunkBytes / PageBytes);
            }
        }
    }

    // The kernel stops an image that asks for more than its quota: collect before it comes to that.
    private static bool FitsQuota(nuint bytes)
    {
        nuint quota = (nuint)ImageInfo.Current->Block->HeapQuotaBytes;
        return quota == 0 || (HeldBytes < quota - (quota / OverheadShare) && bytes <= quota - (quota / OverheadShare) - HeldBytes);
    }

    private static bool TryAddBlocks(bool mayExceedQuota)
    {
        if (!mayExceedQuota && !FitsQuota(ChunkBytes))
        {
            return false;
        }

        byte* start = (byte*)Platform.AllocatePages(ChunkBytes / PageBytes);
        if (start == null)
        {
            return false;
        }

        if (!TryInsert(start, ChunkBytes))
        {
            Platform.FreePages(start, ChunkBytes / PageBytes);
            return false;
        }

        HeldBytes += ChunkBytes;
        for (nuint offset = ChunkBytes; offset != 0; offset -= HeapBlock.Bytes)
        {
            ReturnBlock((HeapBlock*)(start + offset - HeapBlock.Bytes));
        }

        return true;
    }

    private static void DropFreeBlocks(HeapBlock* first, nuint lengthBytes)
    {
        HeapBlock** link = FreeListHead();
        while (*link != null)
        {
            if ((nuint)((byte*)*link - (byte*)first) < lengthBytes)
            {
                *link = (*link)->Next;
            }
            else
            {
                link = &(*link)->Next;
            }
        }
    }

    private static HeapBlock** FreeListHead()
    {
        // SAFETY: a static of an unmanaged type does not move.
        fixed (HeapBlock** head = &s_free)
        {
            return head;
        }
    }

    // Index of the last chunk that starts at or below the address, or -1.
    private static int IndexOf(byte* address)
    {
        int low = 0;
        int high = s_count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (s_chunks[middle].Start <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private static bool TryInsert(byte* start, nuint lengthBytes)
    {
        if (s_count == s_capacity && !TryGrow())
        {
            return false;
        }

        int place = IndexOf(start) + 1;
        for (int index = s_count; index > place; index--)
        {
            s_chunks[index] = s_chunks[index - 1];
        }

        s_chunks[place].Start = start;
        s_chunks[place].LengthBytes = lengthBytes;
        s_count++;
        UpdateSpan();
        return true;
    }

    private static void Remove(int place)
    {
        s_count--;
        for (int index = place; index < s_count; index++)
        {
            s_chunks[index] = s_chunks[index + 1];
        }

        UpdateSpan();
    }

    private static void UpdateSpan()
    {
        s_lowest = s_count == 0 ? 0 : (nuint)s_chunks[0].Start;
        s_spanBytes = s_count == 0 ? 0 : (nuint)s_chunks[s_count - 1].Start + s_chunks[s_count - 1].LengthBytes - s_lowest;
    }

    private static bool TryGrow()
    {
        int capacity = s_capacity == 0 ? InitialCapacity : 2 * s_capacity;
        Chunk* chunks = (Chunk*)Platform.AllocatePages((nuint)(capacity * sizeof(Chunk)) / PageBytes);
        if (chunks == null)
        {
            return false;
        }

        for (int index = 0; index < s_count; index++)
        {
            chunks[index] = s_chunks[index];
        }

        if (s_chunks != null)
        {
            Platform.FreePages(s_chunks, (nuint)(s_capacity * sizeof(Chunk)) / PageBytes);
        }

        s_chunks = chunks;
        s_capacity = capacity;
        return true;
    }

    private struct Chunk
    {
        public byte* Start;
        public nuint LengthBytes;
    }
}
