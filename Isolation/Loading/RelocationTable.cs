using System;
using System.Buffers.Binary;

namespace NooksOS.Isolation.Loading;

/// <summary>Where the relocations lie in the file. Reading checks each of them.</summary>
internal readonly record struct RelocationTable(int FileOffset, int LengthBytes)
{
    public static ImageRefusal? Read(ReadOnlySpan<byte> file, in ImageSegments segments, ref RelocationTable table)
    {
        ulong start = 0;
        ulong lengthBytes = 0;
        ulong entryBytes = Elf.RelocationBytes;
        (int dynamicOffset, int dynamicBytes) = segments.Dynamic;
        for (int offset = dynamicOffset; offset <= dynamicOffset + dynamicBytes - Elf.DynamicEntryBytes; offset += Elf.DynamicEntryBytes)
        {
            Elf.DynamicTag tag = (Elf.DynamicTag)BinaryPrimitives.ReadUInt64LittleEndian(file[offset..]);
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(file[(offset + 8)..]);
            switch (tag)
            {
                case Elf.DynamicTag.Relocations:
                    start = value;
                    break;
                case Elf.DynamicTag.RelocationsBytes:
                    lengthBytes = value;
                    break;
                case Elf.DynamicTag.RelocationEntryBytes:
                    entryBytes = value;
                    break;
                case Elf.DynamicTag.Needed or Elf.DynamicTag.Init or Elf.DynamicTag.Fini or Elf.DynamicTag.InitArray
                    or Elf.DynamicTag.FiniArray or Elf.DynamicTag.PreInitArray or Elf.DynamicTag.ShortRelocations
                    or Elf.DynamicTag.CompactRelocations or Elf.DynamicTag.TextRelocations:
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

        if (entryBytes != Elf.RelocationBytes || lengthBytes % Elf.RelocationBytes != 0)
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
        ulong imageEnd = Math.Max(segments.Text.PagesEnd, Math.Max(segments.Constants.PagesEnd, segments.Data.PagesEnd));
        for (int offset = FileOffset; offset < FileOffset + LengthBytes; offset += Elf.RelocationBytes)
        {
            ulong place = BinaryPrimitives.ReadUInt64LittleEndian(file[offset..]);
            ulong information = BinaryPrimitives.ReadUInt64LittleEndian(file[(offset + 8)..]);
            ulong target = BinaryPrimitives.ReadUInt64LittleEndian(file[(offset + 16)..]);
            if (information != Elf.RelativeRelocation)
            {
                return new ImageRefusal(
                    ImageRefusalReason.RelocationType, (ulong)offset, $"a relocation is of type {(uint)information}, not relative");
            }

            if (!segments.Data.Holds(place, sizeof(ulong)))
            {
                return new ImageRefusal(
                    ImageRefusalReason.RelocationOutsideData, (ulong)offset, $"a relocation writes to 0x{place:x}, outside the image's data");
            }

            if (target > imageEnd)
            {
                return new ImageRefusal(
                    ImageRefusalReason.RelocationTargetOutsideImage, (ulong)offset, $"a relocation points to 0x{target:x}, outside the image");
            }
        }

        return null;
    }
}
