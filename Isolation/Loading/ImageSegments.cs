using System;
using System.Buffers.Binary;

namespace NooksOS.Isolation.Loading;

/// <summary>The program headers of an image, as they are read and checked one by one.</summary>
internal struct ImageSegments
{
    private bool _hasText;
    private bool _hasConstants;
    private bool _hasData;

    public ImageSegment Text { get; private set; }

    public ImageSegment Constants { get; private set; }

    public ImageSegment Data { get; private set; }

    /// <summary>PT_GNU_EH_FRAME, or empty.</summary>
    public CodeRange UnwindTable { get; private set; }

    /// <summary>PT_DYNAMIC in the file, or empty.</summary>
    public (int FileOffset, int LengthBytes) Dynamic { get; private set; }

    /// <summary>Reads one program header, whose bytes lie inside the file.</summary>
    public ImageRefusal? Add(ReadOnlySpan<byte> file, int offset)
    {
        ReadOnlySpan<byte> entry = file.Slice(offset, Elf.ProgramHeaderBytes);
        Elf.SegmentType type = (Elf.SegmentType)BinaryPrimitives.ReadUInt32LittleEndian(entry);
        if (type is Elf.SegmentType.Interpreter or Elf.SegmentType.ThreadLocal)
        {
            return new ImageRefusal(
                ImageRefusalReason.NeedsLinking, (ulong)offset, "the image wants an interpreter or thread-local storage");
        }

        if (type is not (Elf.SegmentType.Load or Elf.SegmentType.Dynamic or Elf.SegmentType.UnwindTable))
        {
            return null;
        }

        ulong fileOffset = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
        ulong imageOffset = BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]);
        ulong fileBytes = BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]);
        ulong memoryBytes = BinaryPrimitives.ReadUInt64LittleEndian(entry[40..]);
        if (fileOffset > (ulong)file.Length || fileBytes > (ulong)file.Length - fileOffset)
        {
            return new ImageRefusal(ImageRefusalReason.SegmentOutsideFile, (ulong)offset, "a segment reaches past the end of the file");
        }

        if (fileBytes > memoryBytes)
        {
            return new ImageRefusal(ImageRefusalReason.SegmentOutsideFile, (ulong)offset, "a segment is larger in the file than in memory");
        }

        if (imageOffset > LoadedImageLayout.HighestMemoryBytes || memoryBytes > LoadedImageLayout.HighestMemoryBytes - imageOffset)
        {
            return new ImageRefusal(ImageRefusalReason.TooLarge, (ulong)offset, "the image takes more than 64 MiB");
        }

        switch (type)
        {
            case Elf.SegmentType.Dynamic:
                Dynamic = ((int)fileOffset, (int)fileBytes);
                return null;
            case Elf.SegmentType.UnwindTable:
                UnwindTable = new CodeRange((uint)imageOffset, (uint)(imageOffset + memoryBytes));
                return null;
            default:
                Elf.SegmentFlags flags = (Elf.SegmentFlags)BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
                return AddLoaded(
                    new ImageSegment(default, (int)fileOffset, (int)fileBytes, (uint)imageOffset, (uint)memoryBytes), flags, offset);
        }
    }

    /// <summary>Checks what can only be seen when all are read.</summary>
    public readonly ImageRefusal? Check()
    {
        if (!_hasText || !_hasConstants || !_hasData)
        {
            return new ImageRefusal(
                ImageRefusalReason.WrongSegments, Elf.FileHeaderBytes, "the image lacks a segment of code, constants or data");
        }

        if (Overlap(Text, Constants) || Overlap(Text, Data) || Overlap(Constants, Data))
        {
            return new ImageRefusal(ImageRefusalReason.OverlappingSegments, Elf.FileHeaderBytes, "two segments of the image share a page");
        }

        bool unwindTableInside = UnwindTable.LengthBytes == 0 || HoldsInFile(Constants, UnwindTable.Start, UnwindTable.LengthBytes);
        return unwindTableInside
            ? null
            : new ImageRefusal(ImageRefusalReason.MalformedUnwindTable, UnwindTable.Start, "the unwind table is not among the constants");
    }

    /// <summary>Finds bytes of the image in the file. False if they are not all there.</summary>
    public readonly bool TryGetFileOffset(ulong imageOffset, ulong lengthBytes, out int fileOffset)
    {
        foreach (ImageSegment segment in (ReadOnlySpan<ImageSegment>)[Text, Constants, Data])
        {
            if (HoldsInFile(segment, imageOffset, lengthBytes))
            {
                fileOffset = segment.FileOffset + (int)(imageOffset - segment.ImageOffset);
                return true;
            }
        }

        fileOffset = 0;
        return false;
    }

    private static bool HoldsInFile(in ImageSegment segment, ulong imageOffset, ulong lengthBytes)
        => (segment with { MemoryBytes = (uint)segment.FileBytes }).Holds(imageOffset, lengthBytes);

    private static bool Overlap(in ImageSegment first, in ImageSegment second)
        => first.ImageOffset < second.PagesEnd && second.ImageOffset < first.PagesEnd;

    private ImageRefusal? AddLoaded(ImageSegment segment, Elf.SegmentFlags flags, int offset)
    {
        const Elf.SegmentFlags WriteAndExecute = Elf.SegmentFlags.Write | Elf.SegmentFlags.Execute;
        if ((flags & WriteAndExecute) == WriteAndExecute)
        {
            return new ImageRefusal(ImageRefusalReason.WritableText, (ulong)offset, "a segment is writable and executable");
        }

        if (segment.ImageOffset % ImageSegment.PageBytes != 0 || segment.MemoryBytes == 0)
        {
            return new ImageRefusal(ImageRefusalReason.MalformedTable, (ulong)offset, "a segment is empty or does not start on a page");
        }

        switch (flags)
        {
            case Elf.SegmentFlags.Read | Elf.SegmentFlags.Execute when !_hasText && segment.FileBytes == segment.MemoryBytes:
                Text = segment with { Rights = SegmentRights.ReadExecute };
                _hasText = true;
                return null;
            case Elf.SegmentFlags.Read when !_hasConstants:
                Constants = segment with { Rights = SegmentRights.Read };
                _hasConstants = true;
                return null;
            case Elf.SegmentFlags.Read | Elf.SegmentFlags.Write when !_hasData:
                Data = segment with { Rights = SegmentRights.ReadWrite };
                _hasData = true;
                return null;
            default:
                return new ImageRefusal(
                    ImageRefusalReason.WrongSegments, (ulong)offset, "a segment is not the only one of code, constants or data");
        }
    }
}
