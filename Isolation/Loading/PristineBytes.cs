using System;

namespace NooksOS.Isolation.Loading;

/// <summary>Makes the memory of a segment equal to its contents in the image file again.</summary>
public static class PristineBytes
{
    private const int RestoredBytes = 8;

    /// <summary>
    /// Writes what differs and nothing else: an emulator keeps what it has translated from a page of code only as long as nobody
    /// writes to the page, and takes seconds to copy a page that was translated for a hundred instances.
    /// </summary>
    /// <param name="contents">The segment's bytes in the file.</param>
    /// <param name="memory">The segment's memory; it is zero after the contents.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Restore(ReadOnlySpan<byte> contents, Span<byte> memory)
    {
        int written = 0;
        if (!contents.SequenceEqual(memory[..contents.Length]))
        {
            for (int offset = contents.CommonPrefixLength(memory);
                offset < contents.Length;
                offset += contents[offset..].CommonPrefixLength(memory[offset..]))
            {
                int length = Math.Min(RestoredBytes, contents.Length - offset);
                contents.Slice(offset, length).CopyTo(memory[offset..]);
                written += length;
                offset += length;
            }
        }

        Span<byte> rest = memory[contents.Length..];
        int used = rest.LastIndexOfAnyExcept((byte)0) + 1;
        rest[..used].Clear();
        return written + used;
    }
}
