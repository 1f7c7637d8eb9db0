using System;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>Frames of the machine as pages of tables.</summary>
/// <param name="isCoherent">Whether units look into the processor's caches.</param>
public sealed unsafe class TableFrames(bool isCoherent) : ITableMemory
{
    private const int WordsPerPage = (int)AddressLayout.PageBytes / sizeof(ulong);
    private const int WordsPerLine = 8;

    /// <inheritdoc/>
    public ulong TryTake()
    {
        void* page = FrameAllocator.AllocateZeroedPage();
        if (page == null)
        {
            return 0;
        }

        ulong address = PhysicalMemory.FromPointer(page);
        Publish(address, 0, WordsPerPage);
        return address;
    }

    /// <inheritdoc/>
    public void Return(ulong page) => FrameAllocator.Free(page);

    /// <inheritdoc/>
    // SAFETY: only frames that were taken here are asked for, and the direct map covers them.
    public Span<ulong> Get(ulong page) => new(PhysicalMemory.ToPointer(page), WordsPerPage);

    /// <inheritdoc/>
    public void Publish(ulong page, int firstWord, int wordCount)
    {
        if (isCoherent)
        {
            return;
        }

        for (int word = firstWord & ~(WordsPerLine - 1); word < firstWord + wordCount; word += WordsPerLine)
        {
            // SAFETY: as for Get; flushing a line changes no content.
            Processor.FlushCacheLine((ulong*)PhysicalMemory.ToPointer(page) + word);
        }
    }
}
