using System;
using System.Buffers.Binary;

namespace NooksOS.Isolation.Loading;

/// <summary>Fills the memory of a new instance from the pristine file. Nothing is checked again: the layout says that all fits.</summary>
public static class ImageWriter
{
    /// <summary>Writes a whole instance.</summary>
    /// <param name="file">The file that the layout was made from.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="memory">The memory of the image from its base on.</param>
    /// <param name="loadAddress">The address at which the image will see that memory.</param>
    public static void WriteImage(ReadOnlySpan<byte> file, LoadedImageLayout layout, Span<byte> memory, ulong loadAddress)
    {
        WriteSegment(file, layout, layout.Text, Part(memory, layout.Text), loadAddress);
        WriteSegment(file, layout, layout.Constants, Part(memory, layout.Constants), loadAddress);
        WriteSegment(file, layout, layout.Data, Part(memory, layout.Data), loadAddress);
    }

    /// <summary>Writes one segment. Only data depends on the address, so that code and constants may be kept for a restart.</summary>
    /// <param name="file">The file that the layout was made from.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="segment">Which segment of the layout.</param>
    /// <param name="memory">The memory of the segment in whole pages; what the file does not hold is cleared.</param>
    /// <param name="loadAddress">The address of the image's base, not of the segment.</param>
    public static void WriteSegment(
        ReadOnlySpan<byte> file, LoadedImageLayout layout, in ImageSegment segment, Span<byte> memory, ulong loadAddress)
    {
        LoadedImageLayout.Contents(file, segment).CopyTo(memory);
        memory[segment.FileBytes..].Clear();
        if (segment.Rights == SegmentRights.ReadWrite)
        {
            foreach (ImageRelocation relocation in layout.Relocations(file))
            {
                Span<byte> place = memory[(int)(relocation.Place - segment.ImageOffset)..];
                BinaryPrimitives.WriteUInt64LittleEndian(place, loadAddress + relocation.Target);
            }
        }
    }

    private static Span<byte> Part(Span<byte> memory, in ImageSegment segment)
        => memory.Slice((int)segment.ImageOffset, (int)segment.MappedBytes);
}
