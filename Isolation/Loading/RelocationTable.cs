using System;
using System.Buffers.Binary;
using System.Numerics;

namespace NooksOS.Isolation.Loading;

/// <summary>
/// Where the relocations lie in the file, in the compact form (System V ABI, "Relative Relocation Table"): the place of a word
/// that holds an address, then bitmaps that say which of the words after it do. Reading checks each of them.
/// </summary>
internal readonly record struct RelocationTable(int FileOffset, int LengthBytes)
{
    public static ImageRefusal? Read(ReadOnlySpan<byte> file, in ImageSegments segments, ref RelocationTable table)
    {
        ulong start = 0;
        ulong lengthBytes = 0;
        ulong entryBytes = Elf.CompactRelocationBytes;
        (int dynamicOffset, int dynamicBytes) = segments.Dynamic;
        for (int offset = dynamicOffset; offset <= dynamicOffset + dynamicBytes - Elf.DynamicEntryBytes; offset += Elf.DynamicEntryBytes)
        {
            Elf.DynamicTag tag = (Elf.DynamicTag)BinaryPrimitives.ReadUInt64LittleEndian(file[offset..]);
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(file[(offset + 8)..]);
            switch (tag)
            {
                case Elf.DynamicTag.CompactRelocations:
                    start = value;
                    break;
                case Elf.DynamicTag.CompactRelocationsBytes:
                    lengthBytes = value;
                    break;
                case Elf.DynamicTag.CompactRelocationEntryBytes:
                    entryBytes = value;
                    break;
                case Elf.DynamicTag.RelocationsBytes when value != 0:
                    return new ImageRefusal(
                        ImageRefusalReason.RelocationType, (ulong)offset, "the image has relocations that are not of the compact form");
                case Elf.DynamicTag.Needed or Elf.DynamicTag.Init or Elf.DynamicTag.Fini or Elf.DynamicTag.InitArray
                    or Elf.DynamicTag.FiniArray or Elf.DynamicTag.PreInitArray or Elf.DynamicTag.ShortRelocations
                    or Elf.DynamicTag.TextRelocations:
                case Elf.DynamicTag.PltRelocationBytes when value != 0:
                    return new ImageRefusal(
                        ImageRefusalReason.NeedsLinking, (ulong)offset, $"the image wants a dynamic linker (tag {(ulong)tag})");
            }

            if (tag == Elf.DynamicTag.End)
            {
                break;
            }
        }

        if (lengthBytes == 0)
        {
            return null;
        }

        if (entryBytes != Elf.CompactRelocationBytes || lengthBytes % Elf.CompactRelocationBytes != 0)
        {
            return new ImageRefusal(
                ImageRefusalReason.MalformedTable, (ulong)dynamicOffset, $"a relocation table of {lengthBytes} bytes is impossible");
        }

        if (!segments.TryGetFileOffset(start, lengthBytes, out int fileOffset))
        {
            return new ImageRefusal(
                ImageRefusalReason.ReferenceOutsideImage, (ulong)dynamicOffset, "the relocation table is outside the image");
        }

        table = new RelocationTable(fileOffset, (int)lengthBytes);
        return table.Check(file, segments);
    }

    private ImageRefusal? Check(ReadOnlySpan<byte> file, in ImageSegments segments)
    {
        ulong nextPlace = 0;
        for (int offset = FileOffset; offset < FileOffset + LengthBytes; offset += Elf.CompactRelocationBytes)
        {
            ulong entry = BinaryPrimitives.ReadUInt64LittleEndian(file[offset..]);
            bool isBitmap = (entry & Elf.CompactRelocationBitmap) != 0;
            if (isBitmap ? nextPlace == 0 : entry % sizeof(ulong) != 0 || entry < nextPlace)
            {
                return new ImageRefusal(
                    ImageRefusalReason.MalformedTable, (ulong)offset, $"a relocation of 0x{entry:x} is not a word after the one before");
            }

            ulong words = isBitmap ? entry >> 1 : 1;
            ulong firstPlace = isBitmap ? nextPlace : entry;
            nextPlace = firstPlace + ((isBitmap ? Elf.CompactRelocationWords : 1u) * sizeof(ulong));
            for (; words != 0; words &= words - 1)
            {
                ulong place = firstPlace + ((uint)BitOperations.TrailingZeroCount(words) * sizeof(ulong));
                ImageRefusal? refusal = CheckPlace(file, segments, place, offset);
                if (refusal is not null)
                {
                    return refusal;
                }
            }
        }

        return null;
    }

    private static ImageRefusal? CheckPlace(ReadOnlySpan<byte> file, in ImageSegments segments, ulong place, int entryOffset)
    {
        ImageSegment data = segments.Data;
        if (!data.Holds(place, sizeof(ulong)) || place - data.ImageOffset > (ulong)(data.FileBytes - sizeof(ulong)))
        {
            return new ImageRefusal(
                ImageRefusalReason.RelocationOutsideData, (ulong)entryOffset, $"a relocation is of 0x{place:x}, outside the image's data");
        }

        ulong target = BinaryPrimitives.ReadUInt64LittleEndian(file[(data.FileOffset + (int)(place - data.ImageOffset))..]);
        ulong imageEnd = Math.Max(segments.Text.PagesEnd, Math.Max(segments.Constants.PagesEnd, data.PagesEnd));
        return target <= imageEnd
            ? null
            : new ImageRefusal(
                ImageRefusalReason.RelocationTargetOutsideImage, (ulong)entryOffset, $"a relocation points to 0x{target:x}, outside the image");
    }
}
