using System;
using System.Threading;
using NooksOS.Isolation.Loading;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// The code and constants of an image, which are the same in every instance whatever its address: kept in frames of their own
/// and mapped into one instance after the other. A restart then copies and relocates data only, and an emulator or processor
/// that has translated the code need not do so again. The frames are freed when neither the image nor an instance holds them any
/// more: an image that is replaced may still run.
/// </summary>
public sealed unsafe class SharedImagePages
{
    private readonly byte* _text;
    private readonly byte* _constants;
    private readonly LoadedImageLayout _layout;
    private int _holders = 1;

    private SharedImagePages(byte* text, byte* constants, LoadedImageLayout layout)
    {
        _text = text;
        _constants = constants;
        _layout = layout;
    }

    /// <summary>Physical address of the code.</summary>
    internal ulong Text => PhysicalMemory.FromPointer(_text);

    /// <summary>Physical address of the constants.</summary>
    internal ulong Constants => PhysicalMemory.FromPointer(_constants);

    /// <summary>Fills the frames from the pristine image. Null if there is not enough memory.</summary>
    public static SharedImagePages? TryCreate(ReadOnlySpan<byte> file, LoadedImageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        nuint textPages = Pages(layout.Text);
        byte* text = (byte*)FrameAllocator.AllocateZeroedPages(textPages);
        byte* constants = (byte*)FrameAllocator.AllocateZeroedPages(Pages(layout.Constants));
        if (text == null || constants == null)
        {
            if (text != null)
            {
                FrameAllocator.FreePages(text, textPages);
            }

            if (constants != null)
            {
                FrameAllocator.FreePages(constants, Pages(layout.Constants));
            }

            return null;
        }

        SharedImagePages pages = new(text, constants, layout);
        LoadedImageLayout.Contents(file, layout.Text).CopyTo(Memory(text, layout.Text));
        LoadedImageLayout.Contents(file, layout.Constants).CopyTo(Memory(constants, layout.Constants));
        return pages;
    }

    /// <summary>
    /// Makes the frames equal to the pristine image again: where no wall is, or a device writes where it was not told to, they
    /// can have been changed. Returns how many bytes were written.
    /// </summary>
    public int RestorePristine(ReadOnlySpan<byte> file)
        => PristineBytes.Restore(LoadedImageLayout.Contents(file, _layout.Text), Memory(_text, _layout.Text))
            + PristineBytes.Restore(LoadedImageLayout.Contents(file, _layout.Constants), Memory(_constants, _layout.Constants));

    /// <summary>How many frames they are.</summary>
    public ulong PageCount => Pages(_layout.Text) + Pages(_layout.Constants);

    /// <summary>One more uses the frames. Somebody else does so too, who does not stop meanwhile.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One uses them no more: whoever had them made, once, or whoever has held them.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            // SAFETY: they were allocated for this object in these numbers, and nobody maps them any more.
            FrameAllocator.FreePages(_text, Pages(_layout.Text));
            FrameAllocator.FreePages(_constants, Pages(_layout.Constants));
        }
    }

    private static Span<byte> Memory(byte* frames, in ImageSegment segment)
    {
        // SAFETY: the frames have the segment's size in whole pages and belong to this object.
        return new Span<byte>(frames, (int)segment.MappedBytes);
    }

    private static nuint Pages(in ImageSegment segment) => segment.MappedBytes / ImageSegment.PageBytes;
}
