using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NooksOS.Isolation.Loading;

/// <summary>Writes what an instance of an image has for itself. Its code and constants are the same wherever it lies.</summary>
public static class ImageWriter
{
    /// <summary>Writes the data, with the addresses in it.</summary>
    /// <param name="file">The file that the layout was made from.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="memory">The memory of the data in whole pages, all zero.</param>
    /// <param name="loadAddress">The address at which the image sees its base.</param>
    public static void WriteData(ReadOnlySpan<byte> file, LoadedImageLayout layout, Span<byte> memory, ulong loadAddress)
    {
        LoadedImageLayout.Contents(file, layout.Data).CopyTo(memory);
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(memory);
        foreach (RelocationGroup group in layout.Relocations(file))
        {
            Span<ulong> from = words[(int)((group.Place - layout.Data.ImageOffset) / sizeof(ulong))..];
            for (ulong rest = group.Words; rest != 0; rest &= rest - 1)
            {
                from[BitOperations.TrailingZeroCount(rest)] += loadAddress;
            }
        }
    }
}
