using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NooksOS.Isolation.Loading;

/// <summary>
/// Reads an image file: ELF64 for x86-64, position independent, one segment each of code, constants and data, only relative
/// relocations. Nothing in the file is trusted; whatever it holds, the answer is a layout or one refusal.
/// </summary>
/// <remarks>
/// The bytes must not change between this and the last use of the layout. Code is not looked at:
/// that is the verifier's part.
/// </remarks>
public static class ImageParser
{
    private const int HighestProgramHeaderCount = 16;

    /// <summary>Reads a file that should be an image of a kind.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> file,
        ImageKind kind,
        [NotNullWhen(true)] out LoadedImageLayout? layout,
        [NotNullWhen(false)] out ImageRefusal? refusal)
    {
        layout = null;
        ImageSegments segments = default;
        RelocationTable relocations = default;
        ImageHeader? header = null;
        refusal = CheckFileHeader(file)
            ?? ReadProgramHeaders(file, ref segments)
            ?? segments.Check()
            ?? ImageHeaderParser.Read(file, kind, segments, ref header)
            ?? RelocationTable.Read(file, segments, ref relocations)
            ?? CheckEntry(file, segments);
        if (refusal is not null)
        {
            return false;
        }

        layout = new LoadedImageLayout(segments.Text, segments.Constants, segments.Data, segments.UnwindTable, header!)
        {
            RelocationTableFileOffset = relocations.FileOffset,
            RelocationTableBytes = relocations.LengthBytes,
        };
        return true;
    }

    private static ImageRefusal? CheckFileHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < Elf.FileHeaderBytes)
        {
            return new ImageRefusal(ImageRefusalReason.Truncated, (ulong)file.Length, "the file ends inside the ELF header");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(file) != Elf.Magic)
        {
            return new ImageRefusal(ImageRefusalReason.NotElf, 0, "the file is not ELF");
        }

        if (file[4] != Elf.Class64 || file[5] != Elf.LittleEndian || file[6] != Elf.CurrentVersion
            || BinaryPrimitives.ReadUInt32LittleEndian(file[20..]) != Elf.CurrentVersion)
        {
            return new ImageRefusal(ImageRefusalReason.NotElf, 4, "the file is not 64-bit little-endian ELF, version 1");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) != Elf.Amd64)
        {
            return new ImageRefusal(ImageRefusalReason.WrongMachine, 18, "the code is not for x86-64");
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(file[16..]) != Elf.SharedObject
            ? new ImageRefusal(ImageRefusalReason.NotPositionIndependent, 16, "the image is not position independent")
            : null;
    }

    private static ImageRefusal? ReadProgramHeaders(ReadOnlySpan<byte> file, ref ImageSegments segments)
    {
        ulong tableOffset = BinaryPrimitives.ReadUInt64LittleEndian(file[32..]);
        int entryBytes = BinaryPrimitives.ReadUInt16LittleEndian(file[54..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[56..]);
        if (entryBytes != Elf.ProgramHeaderBytes || count is 0 or > HighestProgramHeaderCount)
        {
            return new ImageRefusal(ImageRefusalReason.MalformedTable, 54, $"{count} program headers of {entryBytes} bytes are impossible");
        }

        int tableBytes = count * entryBytes;
        if (tableOffset > (ulong)file.Length || (ulong)tableBytes > (ulong)file.Length - tableOffset)
        {
            return new ImageRefusal(ImageRefusalReason.Truncated, tableOffset, "the file ends inside the program headers");
        }

        for (int index = 0; index < count; index++)
        {
            int offset = (int)tableOffset + (index * entryBytes);
            ImageRefusal? refusal = segments.Add(file, offset);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    private static ImageRefusal? CheckEntry(ReadOnlySpan<byte> file, in ImageSegments segments)
        => segments.Text.Holds(BinaryPrimitives.ReadUInt64LittleEndian(file[24..]), 1)
            ? null
            : new ImageRefusal(ImageRefusalReason.EntryOutsideText, 24, "the entry point of the file is outside its code");
}
