using System;

namespace NooksOS.Isolation.Loading;

/// <summary>
/// How an image lies in its file and in memory. Made by <see cref="ImageParser"/>, which has checked every offset, and
/// valid only together with the bytes that it was made from: those must not change.
/// </summary>
public sealed class LoadedImageLayout
{
    /// <summary>Most memory that one image may take.</summary>
    public const uint HighestMemoryBytes = 64 * 1024 * 1024;

    internal LoadedImageLayout(
        ImageSegment text, ImageSegment constants, ImageSegment data, CodeRange unwindTable, ImageHeader header)
    {
        Text = text;
        Constants = constants;
        Data = data;
        UnwindTable = unwindTable;
        Header = header;
        MemoryBytes = Math.Max(text.PagesEnd, Math.Max(constants.PagesEnd, data.PagesEnd));
    }

    /// <summary>Code: read and run.</summary>
    public ImageSegment Text { get; }

    /// <summary>Constants: read only.</summary>
    public ImageSegment Constants { get; }

    /// <summary>Data: read and write.</summary>
    public ImageSegment Data { get; }

    /// <summary>The header.</summary>
    public ImageHeader Header { get; }

    /// <summary>Where the search table of the unwind information lies in the image; empty if there is none.</summary>
    public CodeRange UnwindTable { get; }

    /// <summary>How much address space the image takes from its base, in whole pages.</summary>
    public uint MemoryBytes { get; }

    internal int RelocationTableFileOffset { get; init; }

    internal int RelocationTableBytes { get; init; }

    /// <summary>The words of the data that hold addresses, in the file that this layout was made from. The addresses are offsets there.</summary>
    public RelocationEnumerator Relocations(ReadOnlySpan<byte> file)
        => new(file.Slice(RelocationTableFileOffset, RelocationTableBytes));

    /// <summary>The bytes that the file holds of a segment.</summary>
    public static ReadOnlySpan<byte> Contents(ReadOnlySpan<byte> file, in ImageSegment segment)
        => file.Slice(segment.FileOffset, segment.FileBytes);
}
