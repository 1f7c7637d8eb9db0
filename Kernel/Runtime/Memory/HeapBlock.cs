using System.Numerics;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>
/// A block of the heap and its header: 16 KiB of cells of one size, or the first block of one large object. A cell holds the
/// object's header word, then the object; a cell whose type word is zero or odd holds no object.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HeapBlock
{
    /// <summary>Size of a block.</summary>
    public const int Bytes = 16 * 1024;

    /// <summary>Where cells begin.</summary>
    public const int HeaderBytes = 192;

    /// <summary>Cells are multiples of this.</summary>
    public const int CellGranularityBytes = 16;

    private const int MarkWords = Bytes / CellGranularityBytes / 64;

    /// <summary>What the block is used for.</summary>
    public HeapBlockKind Kind;

    /// <summary>Size of a cell; for a large object its whole size is in <see cref="LargeBytes"/>.</summary>
    public uint CellBytes;

    /// <summary>How many cells there are.</summary>
    public uint CellCount;

    /// <summary>Whether the marks of the last collection have not been acted on yet.</summary>
    public uint NeedsSweep;

    /// <summary>First free cell, or null. A free cell's type word is the next one's address plus one.</summary>
    public byte* FreeCell;

    /// <summary>Next block in the list it is in.</summary>
    public HeapBlock* Next;

    /// <summary>Size of a large object's memory, including this header, in bytes.</summary>
    public nuint LargeBytes;

    private fixed ulong _marks[MarkWords];

    /// <summary>Address of a cell.</summary>
    public static byte* Cell(HeapBlock* block, uint index) => (byte*)block + HeaderBytes + (index * block->CellBytes);

    /// <summary>The object of a cell, or null if it holds none.</summary>
    public static byte* ObjectOf(byte* cell)
    {
        nuint type = *(nuint*)(cell + sizeof(void*));
        return type != 0 && (type & 1) == 0 ? cell + sizeof(void*) : null;
    }

    /// <summary>Whether the object of a cell is marked.</summary>
    public readonly bool IsMarked(uint index) => (_marks[index >> 6] >> (int)(index & 63) & 1) != 0;

    /// <summary>Marks the object of a cell; false if it was marked already.</summary>
    public bool TryMark(uint index)
    {
        ulong bit = 1UL << (int)(index & 63);
        if ((_marks[index >> 6] & bit) != 0)
        {
            return false;
        }

        _marks[index >> 6] |= bit;
        return true;
    }

    /// <summary>Takes all marks away.</summary>
    public void ClearMarks()
    {
        for (int word = 0; word < MarkWords; word++)
        {
            _marks[word] = 0;
        }
    }

    /// <summary>How many objects are marked.</summary>
    public readonly uint CountMarked()
    {
        uint count = 0;
        for (int word = 0; word < MarkWords; word++)
        {
            count += (uint)BitOperations.PopCount(_marks[word]);
        }

        return count;
    }
}
