using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>
/// Memory shared between a domain and its device. It belongs to the tracker, not to the domain's slot: it is freed only after
/// the device has lost the bus, even if the domain gives it back before; or, where devices are fenced, when they do not reach it any more.
/// </summary>
internal sealed unsafe class MappedDmaBuffer : TrackedObject, ITrackedMemory
{
    // Behind each buffer lies a page that is nobody's: a device that is told a length or an address which is somewhat wrong harms nobody.
    private const ulong GuardPages = 1;

    private readonly Domain _domain;
    private readonly void* _frames;
    private readonly ulong _pageCount;
    private readonly DmaFence? _fence;

    private MappedDmaBuffer(Domain domain, void* frames, ulong pageCount, ulong address, bool isIsaMemory, DmaFence? fence)
        : base(TrackedKind.DmaBuffer, pageCount * AddressLayout.PageBytes)
    {
        _domain = domain;
        _frames = frames;
        _pageCount = pageCount;
        _fence = fence;
        IsIsaMemory = isIsaMemory;
        Address = address;
    }

    /// <summary>Whether it is the buffer of channels of the ISA DMA controller.</summary>
    public bool IsIsaMemory { get; }

    /// <summary>Where the domain sees it.</summary>
    public ulong Address { get; }

    /// <summary>Where the device sees it.</summary>
    public ulong PhysicalAddress => PhysicalMemory.FromPointer(_frames);

    /// <summary>Its length.</summary>
    public ulong LengthBytes => _pageCount * AddressLayout.PageBytes;

    /// <inheritdoc/>
    // SAFETY: the frames are there until Free, and the direct map covers them.
    public ReadOnlySpan<byte> Content => new(_frames, (int)LengthBytes);

    public override string Description => $"{_pageCount} pages at 0x{PhysicalAddress:x}";

    // Until the device has lost the bus for good: who drives it may have told it of the buffer, or do so yet. A fence keeps it away at once.
    protected override bool StaysWithItsWhole => _fence is null or { IsOpen: true };

    /// <summary>Makes a buffer for a device, at an address of its own choice. Null if there is no room or memory.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="lengthBytes">Its length.</param>
    /// <param name="fence">What the buffer is opened in; null if nothing keeps the device from memory.</param>
    public static MappedDmaBuffer? TryAllocate(Domain domain, uint lengthBytes, DmaFence? fence)
    {
        ulong pageCount = (lengthBytes + AddressLayout.PageBytes - 1) / AddressLayout.PageBytes;
        return TryMap(domain, FrameAllocator.AllocateZeroedPages((nuint)(pageCount + GuardPages)), pageCount, isIsaMemory: false, fence);
    }

    /// <summary>The buffer that channels of the ISA DMA controller can reach; null if somebody has it.</summary>
    public static MappedDmaBuffer? TryTakeIsaMemory(Domain domain)
        => TryMap(domain, IsaDmaMemory.TryTake(), IsaDmaMemory.LengthBytes / AddressLayout.PageBytes, isIsaMemory: true, fence: null);

    /// <summary>Frees a buffer that no table took.</summary>
    public void Undo() => Free();

    protected override bool Release()
    {
        Free();
        return true;
    }

    private static MappedDmaBuffer? TryMap(Domain domain, void* frames, ulong pageCount, bool isIsaMemory, DmaFence? fence)
    {
        if (frames == null)
        {
            return null;
        }

        ulong address = domain.Regions.MapDmaBuffer(PhysicalMemory.FromPointer(frames), pageCount);
        if (address == 0)
        {
            GiveBack(frames, pageCount, isIsaMemory);
            return null;
        }

        if (fence?.TryOpen(PhysicalMemory.FromPointer(frames), pageCount, DeviceAccess.Read | DeviceAccess.Write) == false)
        {
            domain.Regions.UnmapDmaBuffer(address, pageCount);
            GiveBack(frames, pageCount, isIsaMemory);
            return null;
        }

        return new MappedDmaBuffer(domain, frames, pageCount, address, isIsaMemory, fence);
    }

    private static void GiveBack(void* frames, ulong pageCount, bool isIsaMemory)
    {
        if (isIsaMemory)
        {
            IsaDmaMemory.Return();
        }
        else
        {
            FrameAllocator.FreePages(frames, (nuint)(pageCount + GuardPages));
        }
    }

    private void Free()
    {
        _domain.Regions.UnmapDmaBuffer(Address, _pageCount);

        // In this order: the frames are somebody else's as soon as they are free.
        _fence?.Close(PhysicalAddress, _pageCount);
        _fence?.Settle();
        GiveBack(_frames, _pageCount, IsIsaMemory);
    }
}
