using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>
/// Memory shared between a domain and its device. It belongs to the tracker, not to the domain's slot: it is freed only after
/// the device has lost the bus, even if the domain gives it back before.
/// </summary>
internal sealed unsafe class MappedDmaBuffer : TrackedObject, ITrackedMemory
{
    // Behind each buffer lies a page that is nobody's: a device that is told a length or an address which is somewhat wrong harms nobody.
    private const ulong GuardPages = 1;

    private readonly Domain _domain;
    private readonly void* _frames;
    private readonly ulong _pageCount;
    private readonly bool _isIsaMemory;

    private MappedDmaBuffer(Domain domain, void* frames, ulong pageCount, ulong address, bool isIsaMemory)
        : base(TrackedKind.DmaBuffer, pageCount * AddressLayout.PageBytes)
    {
        _domain = domain;
        _frames = frames;
        _pageCount = pageCount;
        _isIsaMemory = isIsaMemory;
        Address = address;
    }

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

    // Until the device has lost the bus for good: who drives it may have told it of the buffer, or do so yet.
    protected override bool StaysWithItsWhole => true;

    public static MappedDmaBuffer? TryAllocate(Domain domain, uint lengthBytes)
    {
        ulong pageCount = (lengthBytes + AddressLayout.PageBytes - 1) / AddressLayout.PageBytes;
        return TryMap(domain, FrameAllocator.AllocateZeroedPages((nuint)(pageCount + GuardPages)), pageCount, isIsaMemory: false);
    }

    /// <summary>The buffer that channels of the ISA DMA controller can reach; null if somebody has it.</summary>
    public static MappedDmaBuffer? TryTakeIsaMemory(Domain domain)
        => TryMap(domain, IsaDmaMemory.TryTake(), IsaDmaMemory.LengthBytes / AddressLayout.PageBytes, isIsaMemory: true);

    /// <summary>Frees a buffer that no table took.</summary>
    public void Undo() => Free();

    protected override bool Release()
    {
        Free();
        return true;
    }

    private static MappedDmaBuffer? TryMap(Domain domain, void* frames, ulong pageCount, bool isIsaMemory)
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

        return new MappedDmaBuffer(domain, frames, pageCount, address, isIsaMemory);
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
        GiveBack(_frames, _pageCount, _isIsaMemory);
    }
}
