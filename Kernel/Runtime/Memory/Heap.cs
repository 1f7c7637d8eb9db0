using System.Runtime.Intrinsics;

namespace NooksOS.Runtime;

/// <summary>
/// The image's heap. Cells come from the free list of the class's current block; when it is used up the next unswept block of
/// the class is swept, then a new block taken, then a collection run. Callers are inside a critical section.
/// </summary>
internal static unsafe class Heap
{
    private const nuint KernelBudgetBytes = 4 << 20;
    private const nuint ExtensionBudgetBytes = 1 << 20;
    private const nuint KeptBytes = 1 << 20;

    private static ClassTable s_classes;
    private static HeapBlock* s_large;
    private static nuint s_budgetBytes;
    private static nuint s_usedSinceCollection;

    /// <summary>Bytes handed out since the image started, counted by blocks.</summary>
    public static ulong TotalAllocatedBytes { get; private set; }

    /// <summary>Bytes in live objects after the last collection, large ones included.</summary>
    public static nuint LiveAfterCollection { get; private set; }

    /// <summary>Bytes in use: live after the last collection plus what was handed out since.</summary>
    public static nuint UsedBytes => LiveAfterCollection + s_usedSinceCollection;

    /// <summary>Takes a zeroed cell if the current block of its class has one. Null otherwise.</summary>
    public static byte* TryTakeCell(uint bytes)
    {
        HeapBlock* block = State(SizeClasses.IndexOf(bytes))->Current;
        return block == null || block->FreeCell == null ? null : TakeFrom(block);
    }

    /// <summary>Takes a zeroed cell, after a collection if need be. Null if even that leaves no room.</summary>
    public static byte* TakeCell(nuint bytes)
    {
        bool collected = false;
        if (s_usedSinceCollection + bytes > BudgetBytes && s_usedSinceCollection != 0)
        {
            Collector.Collect();
            collected = true;
        }

        byte* cell = TryTake(bytes, false);
        if (cell == null && !collected)
        {
            Collector.Collect();
        }

        return cell != null ? cell : TryTake(bytes, true);
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

                uint marked = block->CountMarked();
                if (marked == 0)
                {
                    HeapChunks.ReturnBlock(block);
                    continue;
                }

                live += marked * block->CellBytes;
                block->NeedsSweep = 1;
                ClassState* state = State(SizeClasses.IndexOf(block->CellBytes));
                block->Next = state->Unswept;
                state->Unswept = block;
            }
        }

        LiveAfterCollection = live;
        s_usedSinceCollection = 0;
        nuint minimum = MinimumBudgetBytes;
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
                free = Link(HeapBlock.Cell(block, index), free);
            }
        }

        block->FreeCell = free;
        block->ClearMarks();
    }

    private static nuint BudgetBytes => s_budgetBytes != 0 ? s_budgetBytes : MinimumBudgetBytes;

    private static nuint MinimumBudgetBytes
        => ImageInfo.Current->Block->HeapQuotaBytes == 0 ? KernelBudgetBytes : ExtensionBudgetBytes;

    private static byte* TryTake(nuint bytes, bool mayExceedQuota)
    {
        if (bytes > SizeClasses.LargestCellBytes)
        {
            return TakeLarge(bytes, mayExceedQuota);
        }

        int index = SizeClasses.IndexOf((uint)bytes);
        ClassState* state = State(index);
        HeapBlock* block = state->Current;
        while (block == null || block->FreeCell == null)
        {
            block = NextBlock(state, SizeClasses.CellBytes(index), mayExceedQuota);
            if (block == null)
            {
                return null;
            }

            state->Current = block;
        }

        return TakeFrom(block);
    }

    private static byte* TakeFrom(HeapBlock* block)
    {
        byte* cell = block->FreeCell;
        block->FreeCell = (byte*)(*(nuint*)(cell + sizeof(void*)) - 1);

        // SAFETY: cells begin and end at multiples of 16.
        byte* end = cell + block->CellBytes;
        for (byte* position = cell; position < end; position += Vector128<byte>.Count)
        {
            Vector128<byte>.Zero.StoreAligned(position);
        }

        return cell;
    }

    private static byte* TakeLarge(nuint bytes, bool mayExceedQuota)
    {
        HeapBlock* block = HeapChunks.TakeLarge(bytes, mayExceedQuota);
        if (block == null)
        {
            return null;
        }

        block->Next = s_large;
        s_large = block;
        Charge(block->LargeBytes);
        return (byte*)block + HeapBlock.HeaderBytes;
    }

    private static HeapBlock* NextBlock(ClassState* state, uint cellBytes, bool mayExceedQuota)
    {
        HeapBlock* block = state->Unswept;
        if (block != null)
        {
            state->Unswept = block->Next;
            Charge((block->CellCount - block->CountMarked()) * cellBytes);
            Sweep(block);
            return block;
        }

        block = HeapChunks.TakeBlock(mayExceedQuota);
        if (block != null)
        {
            Format(block, cellBytes);
            Charge(block->CellCount * cellBytes);
        }

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
            free = Link(HeapBlock.Cell(block, index), free);
        }

        block->FreeCell = free;
    }

    // The odd type word tells a free cell from an object.
    private static byte* Link(byte* cell, byte* next)
    {
        *(nuint*)(cell + sizeof(void*)) = (nuint)next + 1;
        return cell;
    }

    private static void Charge(nuint bytes)
    {
        s_usedSinceCollection += bytes;
        TotalAllocatedBytes += bytes;
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
    }

    private struct ClassTable
    {
        public fixed byte Bytes[SizeClasses.Count * 16];
    }
}
