using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>Looks over the whole heap for what must not be, for tests and after a suspicion.</summary>
public static unsafe class HeapCheck
{
    // Of a string, whose size is not rounded up.
    private const uint SmallestBaseBytes = 22;
    private const nuint TypeAlignmentBytes = 8;

    /// <summary>Counts blocks, cells and objects whose description contradicts itself or its surroundings.</summary>
    [RuntimeExport("RuntimeCheckHeap")]
    public static uint CountErrors()
    {
        uint errors = 0;
        Platform.EnterCritical();
        for (int chunk = 0; chunk < HeapChunks.Count; chunk++)
        {
            HeapBlock* first = HeapChunks.Blocks(chunk, out int blockCount);
            for (int number = 0; number < blockCount; number++)
            {
                HeapBlock* block = (HeapBlock*)((byte*)first + (number * HeapBlock.Bytes));
                errors += block->Kind switch
                {
                    HeapBlockKind.Free => 0,
                    HeapBlockKind.Cells => CountErrorsInCells(block),
                    HeapBlockKind.Large => IsSound((byte*)block + HeapBlock.HeaderBytes, block->LargeBytes - HeapBlock.HeaderBytes) ? 0u : 1,
                    _ => 1,
                };
            }
        }

        Platform.LeaveCritical();
        return errors;
    }

    private static uint CountErrorsInCells(HeapBlock* block)
    {
        uint cellBytes = block->CellBytes;
        if (cellBytes == 0 || cellBytes > SizeClasses.LargestCellBytes
            || SizeClasses.CellBytes(SizeClasses.IndexOf(cellBytes)) != cellBytes
            || block->CellCount != (HeapBlock.Bytes - HeapBlock.HeaderBytes) / cellBytes)
        {
            return 1;
        }

        uint errors = 0;
        uint emptyCells = 0;
        for (uint index = 0; index < block->CellCount; index++)
        {
            byte* cell = HeapBlock.Cell(block, index);
            if (HeapBlock.ObjectOf(cell) == null)
            {
                emptyCells++;
            }
            else if (!IsSound(cell, cellBytes))
            {
                errors++;
            }
        }

        // Before the sweep the list is out of date.
        return errors + (block->NeedsSweep == 0 && CountFreeCells(block) != emptyCells ? 1u : 0);
    }

    private static uint CountFreeCells(HeapBlock* block)
    {
        uint count = 0;
        byte* cell = block->FreeCell;
        while (cell != null && count <= block->CellCount)
        {
            nuint offset = (nuint)(cell - HeapBlock.Cell(block, 0));
            if (offset >= (nuint)block->CellCount * block->CellBytes || offset % block->CellBytes != 0)
            {
                return uint.MaxValue;
            }

            count++;
            cell = (byte*)(*(nuint*)(cell + sizeof(void*)) - 1);
        }

        return count;
    }

    private static bool IsSound(byte* cell, nuint cellBytes)
    {
        byte* target = cell + sizeof(void*);
        MethodTable* type = *(MethodTable**)target;
        return (nuint)type % TypeAlignmentBytes == 0
            && type->BaseBytes >= SmallestBaseBytes
            && MethodTable.ObjectBytes(target) <= cellBytes;
    }
}
