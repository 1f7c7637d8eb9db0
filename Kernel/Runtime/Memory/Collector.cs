using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Runtime;

/// <summary>
/// The mark-sweep collector of one image. Roots are found conservatively (stacks, static data), references inside objects
/// exactly. Nothing moves, and no other thread of the image runs meanwhile.
/// </summary>
internal static unsafe class Collector
{
    private const nuint MarkStackPages = 16;
    private const nuint PageBytes = 4096;

    private static byte** s_markStack;
    private static nuint s_markCount;
    private static bool s_overflowed;
    private static bool s_collecting;

    /// <summary>How many collections ran.</summary>
    public static ulong Count { get; private set; }

    /// <summary>The longest of them, in nanoseconds.</summary>
    public static long LongestPauseNanoseconds { get; private set; }

    /// <summary>All of them together, in nanoseconds.</summary>
    public static long TotalPauseNanoseconds { get; private set; }

    /// <summary>
    /// Runs a collection. The caller is inside a critical section. From the first mark to the last nothing is asked of the
    /// platform: in an extension that would let another thread in, which must not see or change half-marked memory.
    /// </summary>
    public static void Collect()
    {
        if (s_collecting || ThreadBlock.Current == null)
        {
            return;
        }

        s_collecting = true;
        long start = Platform.GetMonotonicNanoseconds();
        if (TryPrepare())
        {
            SweepAll();
            ScanWithRegisters(&MarkEverything);
            Heap.AfterMark();
            Count++;
            long pause = Platform.GetMonotonicNanoseconds() - start;
            TotalPauseNanoseconds += pause;
            LongestPauseNanoseconds = pause > LongestPauseNanoseconds ? pause : LongestPauseNanoseconds;
        }

        s_collecting = false;
    }

    /// <summary>Acts on the marks of the last collection in every block that no allocation has come to.</summary>
    public static void SweepAll()
    {
        for (int chunk = 0; chunk < HeapChunks.Count; chunk++)
        {
            HeapBlock* first = HeapChunks.Blocks(chunk, out int blockCount);
            for (int number = 0; number < blockCount; number++)
            {
                HeapBlock* block = (HeapBlock*)((byte*)first + (number * HeapBlock.Bytes));
                if (block->Kind == HeapBlockKind.Cells)
                {
                    Heap.Sweep(block);
                }
            }
        }
    }

    /// <summary>Whether an object is marked, or is not on the heap and so never goes away.</summary>
    public static bool IsMarked(void* target)
    {
        HeapBlock* block = HeapChunks.Find((nuint)target);
        return block == null || block->Kind == HeapBlockKind.Free || block->IsMarked(CellIndex(block, (nuint)target));
    }

    /// <summary>Marks an object and everything it leads to.</summary>
    public static void Mark(void* target)
    {
        Push((nuint)target);
        Drain();
    }

    /// <summary>Marks what any aligned word of a range may point at.</summary>
    public static void MarkRange(byte* start, byte* end)
    {
        nuint* word = (nuint*)(((nuint)start + 7) & ~(nuint)7);
        for (; word + 1 <= (nuint*)end; word++)
        {
            Push(*word);
        }

        Drain();
    }

    private static bool TryPrepare()
    {
        if (s_markStack == null)
        {
            s_markStack = (byte**)Platform.AllocatePages(MarkStackPages);
        }

        return s_markStack != null && Finalization.TryPrepare();
    }

    // The order is the meaning: short weak references do not see what a finalizer may bring back, long ones do.
    private static void MarkEverything(nuint stackPointer)
    {
        MarkRoots(stackPointer);
        Handles.MarkDependents();
        Handles.ClearWeak(trackResurrection: false);
        Finalization.QueueUnmarked();
        Handles.MarkDependents();
        Handles.ClearWeak(trackResurrection: true);
    }

    private static void MarkRoots(nuint stackPointer)
    {
        ImageInfo* image = ImageInfo.Current;
        ThreadBlock* current = ThreadBlock.Current;
        MarkRange((byte*)stackPointer, current->StackHigh);
        for (ThreadBlock* thread = image->Block->ThreadList; thread != null; thread = thread->Next)
        {
            Mark(thread->ThreadStatics);

            // Without a saved stack pointer the thread is not in this image: its stack holds nothing.
            if (thread != current && thread->SavedStackPointer != null)
            {
                MarkRange(thread->SavedStackPointer, thread->StackHigh);
            }
        }

        MarkRange(image->DataStart, image->DataEnd);
        Handles.MarkStrong();
        Finalization.MarkQueued();
    }

    // A word that points anywhere into a cell keeps the object in it: references to fields live on stacks, too.
    private static void Push(nuint address)
    {
        HeapBlock* block = HeapChunks.Find(address);
        if (block == null || block->Kind == HeapBlockKind.Free || address - (nuint)block < HeapBlock.HeaderBytes)
        {
            return;
        }

        uint index = CellIndex(block, address);
        if (index >= block->CellCount)
        {
            return;
        }

        byte* cell = block->Kind == HeapBlockKind.Large ? (byte*)block + HeapBlock.HeaderBytes : HeapBlock.Cell(block, index);
        byte* target = HeapBlock.ObjectOf(cell);
        if (target == null || !block->TryMark(index) || !(*(MethodTable**)target)->HasPointers)
        {
            return;
        }

        if (s_markCount == MarkStackPages * PageBytes / (nuint)sizeof(byte*))
        {
            s_overflowed = true;
            return;
        }

        s_markStack[s_markCount++] = target;
    }

    private static uint CellIndex(HeapBlock* block, nuint address)
        => block->Kind == HeapBlockKind.Large
            ? 0
            : (uint)((address - (nuint)block - HeapBlock.HeaderBytes) / block->CellBytes);

    private static void Drain()
    {
        do
        {
            while (s_markCount != 0)
            {
                MarkReferences(s_markStack[--s_markCount]);
            }
        }
        while (TryRecoverFromOverflow());
    }

    // Objects that did not fit the mark stack are marked, but what they refer to is not: look at every marked object again.
    private static bool TryRecoverFromOverflow()
    {
        if (!s_overflowed)
        {
            return false;
        }

        s_overflowed = false;
        for (int chunk = 0; chunk < HeapChunks.Count; chunk++)
        {
            HeapBlock* first = HeapChunks.Blocks(chunk, out int blockCount);
            for (int number = 0; number < blockCount; number++)
            {
                HeapBlock* block = (HeapBlock*)((byte*)first + (number * HeapBlock.Bytes));
                for (uint index = 0; block->Kind != HeapBlockKind.Free && index < block->CellCount; index++)
                {
                    if (block->IsMarked(index))
                    {
                        byte* cell = block->Kind == HeapBlockKind.Large
                            ? (byte*)block + HeapBlock.HeaderBytes
                            : HeapBlock.Cell(block, index);
                        byte* target = HeapBlock.ObjectOf(cell);
                        if (target != null && (*(MethodTable**)target)->HasPointers)
                        {
                            MarkReferences(target);
                        }
                    }

                    while (s_markCount != 0)
                    {
                        MarkReferences(s_markStack[--s_markCount]);
                    }
                }
            }
        }

        return true;
    }

    // The compiler's description of references lies before the type (GCDesc): a count and series of runs.
    private static void MarkReferences(byte* target)
    {
        MethodTable* type = *(MethodTable**)target;
        nuint objectBytes = MethodTable.ObjectBytes(target);
        nint* description = (nint*)type;
        nint seriesCount = description[-1];
        if (seriesCount > 0)
        {
            for (nint series = 1; series <= seriesCount; series++)
            {
                nint lengthBytes = description[-1 - (2 * series)] + (nint)objectBytes;
                byte* start = target + description[-(2 * series)];
                for (byte* place = start; place < start + lengthBytes; place += sizeof(void*))
                {
                    Push(*(nuint*)place);
                }
            }

            return;
        }

        // An array of structures: a pattern of runs that repeats to the end of the array.
        byte* end = target + objectBytes - sizeof(void*);
        byte* position = target + description[-2];
        while (position < end)
        {
            for (nint item = 0; item > seriesCount; item--)
            {
                ulong run = (ulong)description[-3 + item];
                uint references = (uint)run;
                for (uint index = 0; index < references; index++)
                {
                    Push(*(nuint*)position);
                    position += sizeof(void*);
                }

                position += (uint)(run >> 32);
            }
        }
    }

    [RuntimeImport("*", "rt_scan_with_registers")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ScanWithRegisters(delegate*<nuint, void> scan);
}
