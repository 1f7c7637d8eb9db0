using System.Threading;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>Address ranges inside a domain's slot for what the tracker maps there: register windows, DMA buffers, the transfer area.</summary>
public sealed unsafe class DomainRegions
{
    private const ulong RegisterWindowBytes = SlotLayout.DmaBuffers - SlotLayout.RegisterWindows;
    private const ulong DmaBufferBytes = SlotLayout.Exchange - SlotLayout.DmaBuffers;

    private readonly Lock _sync = new();
    private readonly DomainControl* _control;
    private readonly PageRangeAllocator _registerWindows;
    private readonly PageRangeAllocator _dmaBuffers;
    private readonly TransferPages _transfer = new();

    /// <param name="control">The domain.</param>
    public DomainRegions(DomainControl* control)
    {
        _control = control;
        _registerWindows = new PageRangeAllocator(Page(SlotLayout.RegisterWindows), RegisterWindowBytes / AddressLayout.PageBytes);
        _dmaBuffers = new PageRangeAllocator(Page(SlotLayout.DmaBuffers), DmaBufferBytes / AddressLayout.PageBytes);
    }

    /// <summary>Maps device registers. Zero if there is no room.</summary>
    public ulong MapRegisters(ulong physicalAddress, ulong pageCount)
        => Map(_registerWindows, physicalAddress, pageCount, PageFlags.Writable | PageFlags.Uncached | PageFlags.NotOwned);

    /// <summary>Maps memory that a device uses; its frames stay with the tracker. Zero if there is no room.</summary>
    public ulong MapDmaBuffer(ulong physicalAddress, ulong pageCount)
        => Map(_dmaBuffers, physicalAddress, pageCount, PageFlags.Writable | PageFlags.NotOwned);

    /// <summary>Undoes <see cref="MapRegisters"/>.</summary>
    public void UnmapRegisters(ulong address, ulong pageCount) => Unmap(_registerWindows, address, pageCount);

    /// <summary>Undoes <see cref="MapDmaBuffer"/>.</summary>
    public void UnmapDmaBuffer(ulong address, ulong pageCount) => Unmap(_dmaBuffers, address, pageCount);

    /// <summary>Maps the transfer area.</summary>
    public bool TryMapTransferArea()
        => DomainPages.TryMapNew(
            _control, TransferBase, TransferPages.Count, PageFlags.Writable);

    /// <summary>Lends memory of the transfer area to one call. Zero if calls that are under way have all of it.</summary>
    public ulong LendTransferBuffer(nuint bytes)
        => _transfer.TryTake((int)AddressLayout.PagesFor(bytes), out int firstPage)
            ? TransferBase + ((ulong)firstPage * AddressLayout.PageBytes)
            : 0;

    /// <summary>Takes lent memory back.</summary>
    public void ReturnTransferBuffer(ulong address, nuint bytes)
        => _transfer.Return((int)((address - TransferBase) / AddressLayout.PageBytes), (int)AddressLayout.PagesFor(bytes));

    private ulong TransferBase => _control->SlotBase + SlotLayout.Transfer;

    private ulong Page(ulong offset) => (_control->SlotBase + offset) / AddressLayout.PageBytes;

    private ulong Map(PageRangeAllocator ranges, ulong physicalAddress, ulong pageCount, PageFlags flags)
    {
        lock (_sync)
        {
            if (!ranges.TryTake(pageCount, out ulong firstPage))
            {
                return 0;
            }

            ulong address = firstPage * AddressLayout.PageBytes;
            if (!DomainPages.TryMapRange(_control, address, physicalAddress, pageCount, flags))
            {
                ranges.Return(firstPage, pageCount);
                return 0;
            }

            return address;
        }
    }

    private void Unmap(PageRangeAllocator ranges, ulong address, ulong pageCount)
    {
        lock (_sync)
        {
            // From where nobody is and nobody comes, all mappings go at once with the slot.
            if (_control->State != DomainState.Dead || Volatile.Read(ref _control->ActiveFrames) != 0)
            {
                DomainPages.Unmap(_control, address, pageCount);
            }

            ranges.Return(address / AddressLayout.PageBytes, pageCount);
        }
    }
}
