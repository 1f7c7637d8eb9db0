using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>The pages that a domain's runtime asked for, charged to its memory account.</summary>
public sealed unsafe class DomainHeap
{
    private const ulong RegionBytes = SlotLayout.HeapEnd - SlotLayout.Heap;

    private readonly Lock _sync = new();
    private readonly DomainControl* _control;
    private readonly MemoryAccount _account;
    private readonly PageRangeAllocator _ranges;
    private readonly Dictionary<ulong, uint> _pagesByAddress = [];

    /// <param name="control">The domain.</param>
    /// <param name="account">What the pages are charged to.</param>
    public DomainHeap(DomainControl* control, MemoryAccount account)
    {
        _control = control;
        _account = account;
        _ranges = new PageRangeAllocator(
            (control->SlotBase + SlotLayout.Heap) / AddressLayout.PageBytes, RegionBytes / AddressLayout.PageBytes);
    }

    /// <summary>Maps zeroed pages.</summary>
    public CallResult<ulong> Allocate(uint pageCount)
    {
        if (pageCount == 0 || pageCount > RegionBytes / AddressLayout.PageBytes)
        {
            return CallResult<ulong>.Failure(CallStatus.BadParameter);
        }

        lock (_sync)
        {
            ulong lengthBytes = pageCount * AddressLayout.PageBytes;
            if (!_account.TryCharge(lengthBytes))
            {
                return CallResult<ulong>.Failure(CallStatus.QuotaExceeded);
            }

            if (!_ranges.TryTake(pageCount, out ulong firstPage))
            {
                _account.Discharge(lengthBytes);
                return CallResult<ulong>.Failure(CallStatus.QuotaExceeded);
            }

            ulong address = firstPage * AddressLayout.PageBytes;
            if (!DomainPages.TryMapNew(_control, address, pageCount, PageFlags.Writable))
            {
                _ranges.Return(firstPage, pageCount);
                _account.Discharge(lengthBytes);
                return CallResult<ulong>.Failure(CallStatus.QuotaExceeded);
            }

            _pagesByAddress.Add(address, pageCount);
            return CallResult<ulong>.Ok(address);
        }
    }

    /// <summary>Unmaps what one call of <see cref="Allocate"/> mapped, as a whole.</summary>
    public CallResult Free(ulong address, uint pageCount)
    {
        lock (_sync)
        {
            if (!_pagesByAddress.TryGetValue(address, out uint mapped) || mapped != pageCount)
            {
                return CallResult.Failure(CallStatus.BadParameter);
            }

            _pagesByAddress.Remove(address);
            DomainPages.Unmap(_control, address, pageCount);
            _ranges.Return(address / AddressLayout.PageBytes, pageCount);
            _account.Discharge(pageCount * AddressLayout.PageBytes);
            return CallResult.Ok;
        }
    }
}
