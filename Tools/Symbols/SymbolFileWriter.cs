using System;
using System.Collections.Generic;
using System.IO;
using NooksOS.Kernel.Diagnostics;

namespace NooksOS.Tools.Symbols;

/// <summary>Writes <see cref="SymbolFormat"/> from sorted functions and rows.</summary>
internal sealed class SymbolFileWriter
{
    private readonly NameTable _types = new();
    private readonly NameTable _methods = new();
    private readonly NameTable _files = new();

    public byte[] Write(ulong linkBase, IReadOnlyList<FunctionSymbol> functions, IReadOnlyList<(uint Address, string File, uint Line)> rows)
    {
        MemoryStream functionIndex = new();
        byte[] functionRecords = WriteFunctions(functions, functionIndex);
        MemoryStream rowIndex = new();
        byte[] rowRecords = WriteRows(rows, rowIndex);
        byte[][] sections =
        [
            functionIndex.ToArray(), functionRecords, rowIndex.ToArray(), rowRecords, Names(_types), Names(_methods), Names(_files),
        ];

        MemoryStream output = new();
        using BinaryWriter writer = new(output);
        writer.Write(SymbolFormat.Magic);
        writer.Write(SymbolFormat.Version);
        writer.Write(linkBase);
        writer.Write((uint)functions.Count);
        writer.Write((uint)rows.Count);
        int offset = SymbolFormat.HeaderBytes;
        foreach (byte[] section in sections)
        {
            writer.Write(offset);
            offset += Padded(section.Length);
        }

        writer.Write(offset);
        writer.Write(new byte[SymbolFormat.HeaderBytes - (int)output.Position]);
        foreach (byte[] section in sections)
        {
            writer.Write(section);
            writer.Write(new byte[Padded(section.Length) - section.Length]);
        }

        return output.ToArray();
    }

    private static int Padded(int lengthBytes) => (lengthBytes + 3) & ~3;

    private static byte[] Names(NameTable table)
    {
        MemoryStream output = new();
        using BinaryWriter writer = new(output);
        table.Write(writer);
        return output.ToArray();
    }

    private static void BeginBlock(BinaryWriter index, uint address, MemoryStream records)
    {
        index.Write(address);
        index.Write((uint)records.Position);
    }

    private static void WriteNumber(MemoryStream output, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            output.WriteByte((byte)(value | 0x80));
        }

        output.WriteByte((byte)value);
    }

    private static void WriteSigned(MemoryStream output, int value) => WriteNumber(output, (uint)((value << 1) ^ (value >> 31)));

    private byte[] WriteFunctions(IReadOnlyList<FunctionSymbol> functions, MemoryStream index)
    {
        BinaryWriter indexWriter = new(index);
        MemoryStream records = new();
        uint previous = 0;
        for (int number = 0; number < functions.Count; number++)
        {
            FunctionSymbol function = functions[number];
            if (number % SymbolFormat.FunctionsPerBlock == 0)
            {
                BeginBlock(indexWriter, function.Address, records);
                previous = function.Address;
            }

            WriteNumber(records, function.Address - previous);
            WriteNumber(records, function.LengthBytes);
            WriteNumber(records, _types.Number(function.Name.Type));
            WriteNumber(records, _methods.Number(function.Name.Method));
            previous = function.Address;
        }

        return records.ToArray();
    }

    private byte[] WriteRows(IReadOnlyList<(uint Address, string File, uint Line)> rows, MemoryStream index)
    {
        BinaryWriter indexWriter = new(index);
        MemoryStream records = new();
        uint previousAddress = 0;
        uint previousFile = 0;
        uint previousLine = 0;
        for (int number = 0; number < rows.Count; number++)
        {
            (uint address, string file, uint line) = rows[number];
            if (number % SymbolFormat.RowsPerBlock == 0)
            {
                BeginBlock(indexWriter, address, records);
                (previousAddress, previousFile, previousLine) = (address, 0, 0);
            }

            uint fileNumber = _files.Number(file);
            bool fileChanges = fileNumber != previousFile;
            WriteNumber(records, ((address - previousAddress) << 1) | (fileChanges ? 1u : 0));
            WriteSigned(records, (int)(line - previousLine));
            if (fileChanges)
            {
                WriteNumber(records, fileNumber);
            }

            (previousAddress, previousFile, previousLine) = (address, fileNumber, line);
        }

        return records.ToArray();
    }
}
