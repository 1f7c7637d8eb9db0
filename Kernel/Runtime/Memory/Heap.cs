namespace NooksOS.Runtime;

/// <summary>
/// The image's heap. Cells come from the free list of the class's current block; when it is used up the next unswept block of
/// the class is swept, then a new block taken, then a collection run. Callers are inside a critical section.
/// </summary>
internal static unsafe class Heap
{
    private const nuint MinimumBudgetBytes = 4 << 20;
    private const nuint MinimumBudgetOfExtensionBytes = 1 << 20;
    private const nuint KeptBytes = 1 << 20;

    private static ClassTable s_classes;
    private static HeapBlock* s_large;
    private static nuint s_budgetBytes;
    private static nuint s_usedSinceCollection;

    /// <summary>Bytes allocated since the image started.</summary>
    public static ulong TotalAllocatedBytes { get; private set; }

    /// <summary>Bytes in live objects after the last collection, large ones included.</summary>
    public static nuint LiveAfterCollection { get; private set; }

    /// <summary>Bytes in use: live after the last collection plus what was allocated since.</summary>
    public static nuint UsedBytes => LiveAfterCollection + s_usedSinceCollection;

    /// <summary>Takes a zeroed cell. Null if even a collection leaves no room.</summary>
    public static byte* TakeCell(nuint bytes)
    {
        if (s_budgetBytes == 0)
        {
            s_budgetBytes = ImageInfo.Current->Block->HeapQuotaBytes == 0 ? MinimumBudgetBytes : MinimumBudgetOfExtensionBytes;
        }

        if (s_usedSinceCollection + bytes > s_budgetBytes && s_usedSinceCollection != 0)
        {
            Collector.Collect();
        }

        byte* cell = TryTake(bytes);
        if (cell == null)
        {
            Collector.Collect();
            cell = TryTake(bytes);
        }

        if (cell != null)
        {
            s_usedSinceCollection += bytes;
            TotalAllocatedBytes += bytes;
        }

        return cell;
    }

    /// <summary>Called when everything reachable is marked: gives large objects back and leaves the cells to be swept later.</summary>
    public static void AfterMark()
    {
        nuint live = 0;
        SweepLarge(ref live);
        for (int index = 0; index < SizeClasses.Count; index++)
        {
            ClassState* state = State(index);
            state->Current = null;
            state->Unswept = null;
            state->Swept = null;
        }

        for (int chunk = 0; chunk < HeapChunks.Count; chunk++)
        {
            HeapBlock* first = HeapChunks.Blocks(chunk, out int blockCount);
            for (int number = 0; number < blockCount; number++)
            {
                HeapBlock* block = (HeapBlock*)((byte*)first + (number * HeapBlock.Bytes));
                if (block->Kind != HeapBlockKind.Cells)
                {
                    continue;
                }

                if (block->IsUnmarked())
                {
                    HeapChunks.ReturnBlock(block);
                    continue;
                }

                live += block->CountMarked() * block->CellBytes;
                block->NeedsSweep = 1;
                ClassState* state = State(SizeClasses.IndexOf(block->CellBytes));
                block->Next = state->Unswept;
                state->Unswept = block;
            }
        }

        LiveAfterCollection = live;
        s_usedSinceCollection = 0;
        nuint minimum = ImageInfo.Current->Block->HeapQuotaBytes == 0 ? MinimumBudgetBytes : MinimumBudgetOfExtensionBytes;
        s_budgetBytes = live > minimum ? live : minimum;
        HeapChunks.Trim(live + KeptBytes + (s_budgetBytes / 2));
    }

    /// <summary>Acts on the marks of a block that no allocation has come to yet.</summary>
    public static void Sweep(HeapBlock* block)
    {
        if (block->NeedsSweep == 0)
        {
            return;
        }

        block->NeedsSweep = 0;
        byte* free = null;
        for (uint index = block->CellCount; index-- != 0;)
        {
            if (!block->IsMarked(index))
            {
                byte* cell = HeapBlock.Cell(block, index);
                *(nuint*)(cell + sizeof(void*)) = (nuint)free + 1;
                free = cell;
            }
        }

        block->FreeCell = free;
        block->ClearMarks();
    }

    private static byte* TryTake(nuint bytes)
        => bytes > SizeClasses.LargestCellBytes ? TakeLarge(bytes) : TakeSmall((uint)bytes);

    private static byte* TakeLarge(nuint bytes)
    {
        HeapBlock* block = HeapChunks.TakeLarge(bytes);
        if (block == null)
        {
            return null;
        }

        block->Next = s_large;
        s_large = block;
        return (byte*)block + HeapBlock.HeaderBytes;
    }

    private static byte* TakeSmall(uint bytes)
    {
        int index = SizeClasses.IndexOf(bytes);
        ClassState* state = State(index);
        HeapBlock* block = state->Current;
        while (block == null || block->FreeCell == null)
        {
            block = NextBlock(state, SizeClasses.CellBytes(index));
            if (block == null)
            {
                return null;
            }

            state->Current = block;
        }

        byte* cell = block->FreeCell;
        block->FreeCell = (byte*)(*(nuint*)(cell + sizeof(void*)) - 1);
        ulong* words = (ulong*)cell;
        uint count = block->CellBytes / sizeof(ulong);
        for (uint word = 0; word < count; word++)
        {
            words[word] = 0;
        }

        return cell;
    }

    private static HeapBlock* NextBlock(ClassState* state, uint cellBytes)
    {
        HeapBlock* block = state->Unswept;
        if (block != null)
        {
            state->Unswept = block->Next;
            Sweep(block);
        }
        else
        {
            block = HeapChunks.TakeBlock();
            if (block == null)
            {
                return null;
            }

            Format(block, cellBytes);
        }

        block->Next = state->Swept;
        state->Swept = block;
        return block;
    }

    private static void Format(HeapBlock* block, uint cellBytes)
    {
        block->Kind = HeapBlockKind.Cells;
        block->CellBytes = cellBytes;
        block->CellCount = (HeapBlock.Bytes - HeapBlock.HeaderBytes) / cellBytes;
        byte* free = null;
        for (uint index = block->CellCount; index-- != 0;)
        {
            byte* cell = HeapBlock.Cell(block, index);
            *(nuint*)(cell + sizeof(void*)) = (nuint)free + 1;
            free = cell;
        }

        block->FreeCell = free;
    }

    private static void SweepLarge(ref nuint live)
    {
        HeapBlock* block = s_large;
        s_large = null;
        while (block != null)
        {
            HeapBlock* next = block->Next;
            if (block->IsMarked(0))
            {
                block->ClearMarks();
                live += block->LargeBytes;
                block->Next = s_large;
                s_large = block;
            }
            else
            {
                HeapChunks.FreeLarge(block);
            }

            block = next;
        }
    }

    private static ClassState* State(int index)
    {
        // SAFETY: a static of an unmanaged type does not move; the index is below the count of classes.
        fixed (byte* states = s_classes.Bytes)
        {
            return (ClassState*)states + index;
        }
    }

    private struct ClassState
    {
        public HeapBlock* Current;
        public HeapBlock* Unswept;
        public HeapBlock* Swept;
    }

    private struct ClassTable
    {
        public fixed byte Bytes[SizeClasses.Count * 24];
    }
}
