using System;
using System.Runtime.InteropServices;

namespace NooksOS.Isolation.Loading;

/// <summary>Makes the memory of a segment equal to its contents in the image file again.</summary>
public static class PristineBytes
{
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
        Span<byte> used = memory[..contents.Length];
        for (int offset = FindDifference(contents, used, 0); offset < contents.Length; offset = FindDifference(contents, used, offset))
        {
            int length = Math.Min(sizeof(ulong), contents.Length - offset);
            contents.Slice(offset, length).CopyTo(used[offset..]);
            written += length;
            offset += length;
        }

        Span<byte> rest = memory[contents.Length..];
        int dirty = rest.LastIndexOfAnyExcept((byte)0) + 1;
        rest[..dirty].Clear();
        return written + dirty;
    }

    // The first word at or after the offset, where a word begins or both end, that is not the same in both; their length if there
    // is none. Whole words of the processor: an emulator takes four times as long to compare vectors.
    private static int FindDifference(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int offset)
    {
        ReadOnlySpan<ulong> firstWords = MemoryMarshal.Cast<byte, ulong>(first);
        ReadOnlySpan<ulong> secondWords = MemoryMarshal.Cast<byte, ulong>(second)[..firstWords.Length];
        int word = offset / sizeof(ulong);
        while (word + 4 <= firstWords.Length
            && ((firstWords[word] ^ secondWords[word])
                | (firstWords[word + 1] ^ secondWords[word + 1])
                | (firstWords[word + 2] ^ secondWords[word + 2])
                | (firstWords[word + 3] ^ secondWords[word + 3])) == 0)
        {
            word += 4;
        }

        while (word < firstWords.Length && firstWords[word] == secondWords[word])
        {
            word++;
        }

        int position = word * sizeof(ulong);
        return word < firstWords.Length || !first[position..].SequenceEqual(second[position..]) ? position : first.Length;
    }
}
