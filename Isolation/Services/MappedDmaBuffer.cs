using NooksOS.Contracts;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>
/// Memory shared between a domain and its device. It belongs to the tracker, not to the domain's slot: it is freed only after
/// the device has lost the bus.
/// </summary>
internal sealed unsafe class MappedDmaBuffer : TrackedObject
{
    private readonly Domain _domain;
    private readonly void* _frames;
    private readonly ulong _pageCount;

    private MappedDmaBuffer(Domain domain, void* frames, ulong pageCount, ulong address)
        : base(TrackedKind.DmaBuffer, pageCount * AddressLayout.PageBytes)
    {
        _domain = domain;
        _frames = frames;
        _pageCount = pageCount;
        Address = address;
    }

    /// <summary>Where the domain sees it.</summary>
    public ulong Address { get; }

    /// <summary>Where the device sees it.</summary>
    public ulong PhysicalAddress => PhysicalMemory.FromPointer(_frames);

    public override string Description => $"{_pageCount} pages at 0x{PhysicalAddress:x}";

    public static MappedDmaBuffer? TryAllocate(Domain domain, uint lengthBytes)
    {
        ulong pageCount = (lengthBytes + AddressLayout.PageBytes - 1) / AddressLayout.PageBytes;
        void* frames = FrameAllocator.AllocateZeroedPages((nuint)pageCount);
        if (frames == null)
        {
            return null;
        }

        ulong address = domain.Regions.MapDmaBuffer(PhysicalMemory.FromPointer(frames), pageCount);
        if (address == 0)
        {
            FrameAllocator.FreePages(frames, (nuint)pageCount);
            return null;
        }

        return new MappedDmaBuffer(domain, frames, pageCount, address);
    }

    /// <summary>Frees a buffer that no table took.</summary>
    public void Undo() => Free();

    protected override bool Release()
    {
        Free();
        return true;
    }

    private void Free()
    {
        _domain.Regions.UnmapDmaBuffer(Address, _pageCount);
        FrameAllocator.FreePages(_frames, (nuint)_pageCount);
    }
}
