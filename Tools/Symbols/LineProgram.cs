using System;
using System.Collections.Generic;
using System.IO;

namespace NooksOS.Tools.Symbols;

/// <summary>
/// Runs the line number programs of .debug_line (DWARF 4 §6.2). Versions 2 to 4: the compiler writes 4, the assembler 3. A unit of
/// another version is left out.
/// </summary>
internal static class LineProgram
{
    private enum Opcode : byte
    {
        Extended = 0,
        Copy = 1,
        AdvanceAddress = 2,
        AdvanceLine = 3,
        SetFile = 4,
        ConstantAddAddress = 8,
        FixedAdvanceAddress = 9,
    }

    private enum ExtendedOpcode : byte
    {
        EndSequence = 1,
        SetAddress = 2,
    }

    public static List<LineRow> ReadAll(ReadOnlySpan<byte> section)
    {
        List<LineRow> rows = [];
        DwarfReader units = new(section);
        while (!units.AtEnd)
        {
            uint lengthBytes = units.ReadUInt32();
            if (lengthBytes > int.MaxValue)
            {
                throw new InvalidDataException("64-bit line information is not supported");
            }

            RunUnit(units.Take((int)lengthBytes), rows);
        }

        return rows;
    }

    private static void RunUnit(ReadOnlySpan<byte> unit, List<LineRow> rows)
    {
        DwarfReader reader = new(unit);
        int version = reader.ReadUInt16();
        if (version is < 2 or > 4)
        {
            return;
        }

        long headerBytes = reader.ReadUInt32();
        long programStart = reader.Position + headerBytes;
        UnitHeader header = ReadHeader(ref reader, version);
        if (programStart < reader.Position || programStart > unit.Length)
        {
            throw new InvalidDataException("a header of the line information is malformed");
        }

        DwarfReader program = new(unit[(int)programStart..]);
        while (!program.AtEnd)
        {
            RunSequence(ref program, header, rows);
        }
    }

    private static UnitHeader ReadHeader(ref DwarfReader reader, int version)
    {
        byte minimumInstructionBytes = reader.ReadByte();
        if (version >= 4)
        {
            reader.ReadByte();
        }

        reader.ReadByte();
        sbyte lineBase = (sbyte)reader.ReadByte();
        byte lineRange = reader.ReadByte();
        byte opcodeBase = reader.ReadByte();
        if (lineRange == 0 || opcodeBase == 0)
        {
            throw new InvalidDataException("a header of the line information is malformed");
        }

        byte[] operandCounts = reader.Take(opcodeBase - 1).ToArray();
        List<string> directories = [string.Empty];
        for (string directory = reader.ReadText(); directory.Length != 0; directory = reader.ReadText())
        {
            directories.Add(directory);
        }

        List<string> files = [string.Empty];
        for (string name = reader.ReadText(); name.Length != 0; name = reader.ReadText())
        {
            int directory = (int)Math.Min(reader.ReadUnsigned(), int.MaxValue);
            reader.ReadUnsigned();
            reader.ReadUnsigned();
            string folder = directory < directories.Count ? directories[directory] : string.Empty;
            files.Add(folder.Length == 0 || name.StartsWith('/') ? name : folder + "/" + name);
        }

        return new UnitHeader(minimumInstructionBytes, lineBase, lineRange, opcodeBase, operandCounts, files);
    }

    private static void RunSequence(ref DwarfReader program, UnitHeader header, List<LineRow> rows)
    {
        ulong address = 0;
        ulong file = 1;
        long line = 1;
        while (!program.AtEnd)
        {
            byte opcode = program.ReadByte();
            if (opcode >= header.OpcodeBase)
            {
                int adjusted = opcode - header.OpcodeBase;
                address += (uint)(adjusted / header.LineRange) * (ulong)header.MinimumInstructionBytes;
                line += header.LineBase + (adjusted % header.LineRange);
                Emit(header, rows, address, file, line);
                continue;
            }

            switch ((Opcode)opcode)
            {
                case Opcode.Extended:
                    DwarfReader operands = new(program.Take((int)Math.Min(program.ReadUnsigned(), int.MaxValue)));
                    switch ((ExtendedOpcode)operands.ReadByte())
                    {
                        case ExtendedOpcode.EndSequence:
                            rows.Add(new LineRow(address, string.Empty, 0));
                            return;
                        case ExtendedOpcode.SetAddress:
                            address = operands.ReadUInt64();
                            break;
                    }

                    break;
                case Opcode.Copy:
                    Emit(header, rows, address, file, line);
                    break;
                case Opcode.AdvanceAddress:
                    address += program.ReadUnsigned() * header.MinimumInstructionBytes;
                    break;
                case Opcode.AdvanceLine:
                    line += program.ReadSigned();
                    break;
                case Opcode.SetFile:
                    file = program.ReadUnsigned();
                    break;
                case Opcode.ConstantAddAddress:
                    address += (uint)((255 - header.OpcodeBase) / header.LineRange) * (ulong)header.MinimumInstructionBytes;
                    break;
                case Opcode.FixedAdvanceAddress:
                    address += program.ReadUInt16();
                    break;
                default:
                    for (int operand = 0; operand < header.OperandCounts[opcode - 1]; operand++)
                    {
                        program.ReadUnsigned();
                    }

                    break;
            }
        }
    }

    private static void Emit(UnitHeader header, List<LineRow> rows, ulong address, ulong file, long line)
    {
        // The compiler marks code of no line with a line number that no file reaches.
        const long HighestLine = 0xFEEFED;
        bool known = line is > 0 and < HighestLine && file < (ulong)header.Files.Count;
        rows.Add(known ? new LineRow(address, header.Files[(int)file], (uint)line) : new LineRow(address, string.Empty, 0));
    }

    private sealed record UnitHeader(
        byte MinimumInstructionBytes, sbyte LineBase, byte LineRange, byte OpcodeBase, byte[] OperandCounts, List<string> Files);
}
