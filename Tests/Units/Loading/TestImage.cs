using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Iced.Intel;
using NooksOS.Isolation.Loading;
using static Iced.Intel.AssemblerRegisters;

namespace NooksOS.Tests.Units.Loading;

/// <summary>
/// Builds a small image as the linker would: assembly and stubs, then one described function, header, unwind table, relocations,
/// data. Tests change a property for a wrong image that is whole, or a field of the result for one that is not.
/// </summary>
internal sealed class TestImage
{
    public const int TextFileOffset = 0x1000;
    public const int ConstantsFileOffset = 0x3000;
    public const int DataFileOffset = 0x4000;
    public const uint ConstantsOffset = 0x2000;
    public const uint DataOffset = 0x4000;
    public const uint DataMemoryBytes = 0x1800;
    public const int TextProgramHeader = 64;
    public const int ConstantsProgramHeader = TextProgramHeader + 56;
    public const int DataProgramHeader = ConstantsProgramHeader + 56;
    public const int DynamicProgramHeader = DataProgramHeader + 56;
    public const int UnwindProgramHeader = DynamicProgramHeader + 56;
    public const int UnwindTableOffset = 0x100;
    public const int FirstFunctionDescription = 0x400;
    public const int RelocationTableOffset = 0x800;
    public const int DynamicDataOffset = 0x100;
    public const uint ManagedCodeStart = 0x40;

    private const int ProgramHeaderCount = 5;
    private const int DataFileBytes = 0x200;

    public string Name { get; set; } = "demo";

    public ImageKind Kind { get; set; } = ImageKind.Extension;

    /// <summary>The body of the function at <see cref="ManagedCodeStart"/>.</summary>
    public Action<Assembler> Body { get; set; } = assembler => assembler.ret();

    /// <summary>Raw bytes instead of a body.</summary>
    public byte[]? BodyBytes { get; set; }

    /// <summary>Bytes after the function, outside of it.</summary>
    public byte[] AfterBody { get; set; } = [0x90, 0x90, 0xCC];

    /// <summary>The relocation table: words 0x10, 0x18 and 0x28 of the data.</summary>
    public List<ulong> Relocations { get; } = [DataOffset + 0x10, 1 | (1 << 1) | (1 << 3)];

    /// <summary>Offsets in the data, and the image offsets that the words there hold.</summary>
    public Dictionary<int, ulong> Addresses { get; } = new()
    {
        [0x10] = 0x40,
        [0x18] = DataOffset + 0x1000,
        [0x28] = 0x6000,
    };

    public byte[] Build()
    {
        byte[] text = BuildText(out uint bodyBytes);
        byte[] file = new byte[DataFileOffset + DataFileBytes];
        WriteFileHeader(file);
        WriteProgramHeader(file, TextProgramHeader, 1, 5, TextFileOffset, 0, text.Length, (uint)text.Length);
        WriteProgramHeader(file, ConstantsProgramHeader, 1, 4, ConstantsFileOffset, ConstantsOffset, 0x1000, 0x1000);
        WriteProgramHeader(file, DataProgramHeader, 1, 6, DataFileOffset, DataOffset, DataFileBytes, DataMemoryBytes);
        WriteProgramHeader(
            file, DynamicProgramHeader, 2, 6, DataFileOffset + DynamicDataOffset, DataOffset + DynamicDataOffset, 0x40, 0x40);
        WriteProgramHeader(
            file, UnwindProgramHeader, 0x6474E550, 4, ConstantsFileOffset + UnwindTableOffset, ConstantsOffset + UnwindTableOffset, 20, 20);
        text.CopyTo(file, TextFileOffset);
        WriteImageHeader(file.AsSpan(ConstantsFileOffset), (uint)text.Length);
        WriteUnwindTable(file.AsSpan(ConstantsFileOffset), bodyBytes);
        WriteRelocations(file);
        file.AsSpan(DataFileOffset, 0x10).Fill(0xDA);
        return file;
    }

    public static void Put16(byte[] file, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);

    public static void Put32(byte[] file, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);

    public static void Put64(byte[] file, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(offset), value);

    /// <summary>Makes a reference of the image header point at an offset of the image.</summary>
    public static void PutReference(byte[] file, int field, uint target)
        => Put32(file, ConstantsFileOffset + field, target - (ConstantsOffset + (uint)field));

    private static byte[] Assemble(Action<Assembler> body, ulong address)
    {
        Assembler assembler = new(64);
        body(assembler);
        using MemoryStream stream = new();
        assembler.Assemble(new StreamCodeWriter(stream), address);
        return stream.ToArray();
    }

    private static void WriteFileHeader(byte[] file)
    {
        ReadOnlySpan<byte> identification = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identification.CopyTo(file);
        Put16(file, 16, 3);
        Put16(file, 18, 62);
        Put32(file, 20, 1);
        Put64(file, 24, 0);
        Put64(file, 32, TextProgramHeader);
        Put16(file, 52, 64);
        Put16(file, 54, 56);
        Put16(file, 56, ProgramHeaderCount);
    }

    private static void WriteProgramHeader(
        byte[] file, int offset, uint type, uint flags, int fileOffset, uint imageOffset, int fileBytes, uint memoryBytes)
    {
        Put32(file, offset, type);
        Put32(file, offset + 4, flags);
        Put64(file, offset + 8, (ulong)fileOffset);
        Put64(file, offset + 16, imageOffset);
        Put64(file, offset + 24, imageOffset);
        Put64(file, offset + 32, (ulong)fileBytes);
        Put64(file, offset + 40, memoryBytes);
        Put64(file, offset + 48, 0x1000);
    }

    /// <summary>0x00 entry, 0x08 helpers, 0x10 return stub, 0x20 call stub, 0x40 the function.</summary>
    private byte[] BuildText(out uint bodyBytes)
    {
        byte[] body = BodyBytes ?? Assemble(Body, ManagedCodeStart);
        bodyBytes = (uint)body.Length;
        byte[] text = new byte[ManagedCodeStart + body.Length + AfterBody.Length];
        text.AsSpan(0, (int)ManagedCodeStart).Fill(0x90);
        Assemble(assembler => assembler.call(ManagedCodeStart), 0).CopyTo(text, 0);
        Assemble(
            assembler =>
            {
                assembler.mov(__[rdi], rsi);
                assembler.ret();
            },
            8).CopyTo(text, 8);
        Assemble(
            assembler =>
            {
                assembler.mov(rdx, rax);
                assembler.xor(eax, eax);
                assembler.syscall();
            },
            0x10).CopyTo(text, 0x10);
        Assemble(
            assembler =>
            {
                assembler.mov(eax, edi);
                assembler.inc(eax);
                assembler.syscall();
                assembler.ret();
            },
            0x20).CopyTo(text, 0x20);
        body.CopyTo(text, (int)ManagedCodeStart);
        AfterBody.CopyTo(text, (int)ManagedCodeStart + body.Length);
        return text;
    }

    private void WriteImageHeader(Span<byte> constants, uint textBytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(constants, 0x4B4F4F4E);
        BinaryPrimitives.WriteUInt16LittleEndian(constants[4..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(constants[6..], (ushort)Kind);
        BinaryPrimitives.WriteUInt32LittleEndian(constants[8..], 96);
        ReadOnlySpan<uint> targets =
        [
            0, 8, ManagedCodeStart, textBytes, 8, 0x10, 0x10, 0x20, DataOffset + 0x40, 0, textBytes,
        ];
        for (int index = 0; index < targets.Length; index++)
        {
            int field = 16 + (index * 4);
            BinaryPrimitives.WriteUInt32LittleEndian(constants[field..], targets[index] - (ConstantsOffset + (uint)field));
        }

        Encoding.Latin1.GetBytes(Name).CopyTo(constants[64..]);
    }

    private static void WriteUnwindTable(Span<byte> constants, uint bodyBytes)
    {
        uint table = ConstantsOffset + UnwindTableOffset;
        uint description = ConstantsOffset + FirstFunctionDescription;
        Span<byte> entry = constants[UnwindTableOffset..];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, 0x3B031B01);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], ManagedCodeStart - table);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[16..], description - table);
        Span<byte> fields = constants[FirstFunctionDescription..];
        BinaryPrimitives.WriteUInt32LittleEndian(fields, 16);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[8..], ManagedCodeStart - (description + 8));
        BinaryPrimitives.WriteUInt32LittleEndian(fields[12..], bodyBytes);
    }

    private void WriteRelocations(byte[] file)
    {
        int offset = ConstantsFileOffset + RelocationTableOffset;
        foreach (ulong entry in Relocations)
        {
            Put64(file, offset, entry);
            offset += 8;
        }

        foreach ((int place, ulong target) in Addresses)
        {
            Put64(file, DataFileOffset + place, target);
        }

        int dynamic = DataFileOffset + DynamicDataOffset;
        Put64(file, dynamic, 36);
        Put64(file, dynamic + 8, ConstantsOffset + RelocationTableOffset);
        Put64(file, dynamic + 16, 35);
        Put64(file, dynamic + 24, (ulong)Relocations.Count * 8);
        Put64(file, dynamic + 32, 37);
        Put64(file, dynamic + 40, 8);
    }
}
