using System;
using System.Buffers.Binary;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>
/// Finds functions and lines in a symbol file. Allocates nothing and never throws, whatever the file holds, so that a panic
/// may use it.
/// </summary>
public readonly ref struct SymbolTable
{
    private readonly ReadOnlySpan<byte> _functionIndex;
    private readonly ReadOnlySpan<byte> _functions;
    private readonly ReadOnlySpan<byte> _rowIndex;
    private readonly ReadOnlySpan<byte> _rows;
    private readonly ReadOnlySpan<byte> _typeNames;
    private readonly ReadOnlySpan<byte> _methodNames;
    private readonly ReadOnlySpan<byte> _fileNames;
    private readonly uint _functionCount;
    private readonly uint _rowCount;

    private SymbolTable(ReadOnlySpan<byte> file)
    {
        LinkBase = BinaryPrimitives.ReadUInt64LittleEndian(file[SymbolFormat.LinkBaseField..]);
        _functionCount = BinaryPrimitives.ReadUInt32LittleEndian(file[SymbolFormat.FunctionCountField..]);
        _rowCount = BinaryPrimitives.ReadUInt32LittleEndian(file[SymbolFormat.RowCountField..]);
        _functionIndex = Section(file, 0);
        _functions = Section(file, 1);
        _rowIndex = Section(file, 2);
        _rows = Section(file, 3);
        _typeNames = Section(file, 4);
        _methodNames = Section(file, 5);
        _fileNames = Section(file, 6);
    }

    /// <summary>The address that the linker gave to what has offset 0: zero for what is loaded, its base for the kernel.</summary>
    public ulong LinkBase { get; }

    /// <summary>Looks at a file. False if it is not a symbol file of this version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, out SymbolTable table)
    {
        table = default;
        if (file.Length < SymbolFormat.HeaderBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(file) != SymbolFormat.Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) != SymbolFormat.Version)
        {
            return false;
        }

        uint previous = SymbolFormat.HeaderBytes;
        for (int section = 0; section <= SymbolFormat.SectionCount; section++)
        {
            uint offset = SectionOffset(file, section);
            if (offset < previous || offset > (uint)file.Length)
            {
                return false;
            }

            previous = offset;
        }

        table = new SymbolTable(file);
        return true;
    }

    /// <summary>Finds the function that holds an offset of the image, and its line if there is one.</summary>
    /// <remarks>For a return address, ask for the byte before it: the call may be the last instruction of its line or function.</remarks>
    public bool TryFind(ulong imageOffset, out SymbolLocation location)
    {
        location = default;
        if (imageOffset > uint.MaxValue || !TryFindFunction((uint)imageOffset, out uint start, out uint type, out uint method))
        {
            return false;
        }

        FindLine((uint)imageOffset, start, out uint file, out uint line);
        location = new SymbolLocation
        {
            TypeName = Name(_typeNames, type),
            MethodName = Name(_methodNames, method),
            OffsetBytes = (uint)imageOffset - start,
            FileName = line == 0 ? default : Name(_fileNames, file),
            Line = line,
        };
        return true;
    }

    private static uint SectionOffset(ReadOnlySpan<byte> file, int section)
        => BinaryPrimitives.ReadUInt32LittleEndian(file[(SymbolFormat.FunctionIndexField + (section * sizeof(uint)))..]);

    private static ReadOnlySpan<byte> Section(ReadOnlySpan<byte> file, int section)
        => file[(int)SectionOffset(file, section)..(int)SectionOffset(file, section + 1)];

    /// <summary>Finds the last entry of an index whose address is not above one. False if there is none.</summary>
    private static bool TryFindBlock(ReadOnlySpan<byte> index, uint address, out int block, out uint blockAddress, out uint recordOffset)
    {
        int low = 0;
        int high = index.Length / SymbolFormat.IndexEntryBytes;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) / 2);
            if (BinaryPrimitives.ReadUInt32LittleEndian(index[(middle * SymbolFormat.IndexEntryBytes)..]) <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        block = low - 1;
        blockAddress = 0;
        recordOffset = 0;
        if (block < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> entry = index[(block * SymbolFormat.IndexEntryBytes)..];
        blockAddress = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        recordOffset = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        return true;
    }

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> table, uint index)
    {
        if (table.Length < sizeof(uint))
        {
            return default;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(table);
        ulong textOffset = sizeof(uint) * (2 + (ulong)count);
        if (index >= count || textOffset > (ulong)table.Length)
        {
            return default;
        }

        ReadOnlySpan<byte> text = table[(int)textOffset..];
        ReadOnlySpan<byte> entry = table[(int)(sizeof(uint) * (1 + index))..];
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        uint end = BinaryPrimitives.ReadUInt32LittleEndian(entry[sizeof(uint)..]);
        return start <= end && end <= (uint)text.Length ? text[(int)start..(int)end] : default;
    }

    private bool TryFindFunction(uint address, out uint start, out uint type, out uint method)
    {
        start = type = method = 0;
        if (!TryFindBlock(_functionIndex, address, out int block, out uint current, out uint offset) || offset > (uint)_functions.Length)
        {
            return false;
        }

        VariableLengthReader reader = new(_functions[(int)offset..]);
        long remaining = Math.Min(SymbolFormat.FunctionsPerBlock, _functionCount - ((long)block * SymbolFormat.FunctionsPerBlock));
        for (; remaining > 0; remaining--)
        {
            current += reader.Read();
            uint lengthBytes = reader.Read();
            type = reader.Read();
            method = reader.Read();
            if (reader.Failed || current > address)
            {
                return false;
            }

            if (address - current < lengthBytes)
            {
                start = current;
                return true;
            }
        }

        return false;
    }

    private void FindLine(uint address, uint functionStart, out uint file, out uint line)
    {
        file = line = 0;
        if (!TryFindBlock(_rowIndex, address, out int block, out uint current, out uint offset) || offset > (uint)_rows.Length)
        {
            return;
        }

        VariableLengthReader reader = new(_rows[(int)offset..]);
        long remaining = Math.Min(SymbolFormat.RowsPerBlock, _rowCount - ((long)block * SymbolFormat.RowsPerBlock));
        uint nextFile = 0;
        uint nextLine = 0;
        for (; remaining > 0; remaining--)
        {
            uint step = reader.Read();
            current += step >> 1;
            nextLine += (uint)reader.ReadSigned();
            nextFile = (step & 1) != 0 ? reader.Read() : nextFile;
            if (reader.Failed || current > address)
            {
                return;
            }

            // A row of an earlier function says nothing about this one.
            if (current >= functionStart)
            {
                file = nextFile;
                line = nextLine;
            }
        }
    }
}
