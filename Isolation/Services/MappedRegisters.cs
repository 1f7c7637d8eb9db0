using NooksOS.Contracts;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>Device registers mapped into a domain.</summary>
internal sealed class MappedRegisters : TrackedObject
{
    private readonly Domain _domain;
    private readonly ulong _firstPage;
    private readonly ulong _pageCount;

    private MappedRegisters(Domain domain, ulong firstPage, ulong pageCount, ulong address)
        : base(TrackedKind.RegisterWindow)
    {
        _domain = domain;
        _firstPage = firstPage;
        _pageCount = pageCount;
        Address = address;
    }

    /// <summary>Where the domain sees the first register.</summary>
    public ulong Address { get; }

    public override string Description => $"registers at 0x{Address:x}";

    public static MappedRegisters? TryMap(Domain domain, ulong physicalAddress, uint lengthBytes)
    {
        ulong offset = physicalAddress % AddressLayout.PageBytes;
        ulong pageCount = (offset + lengthBytes + AddressLayout.PageBytes - 1) / AddressLayout.PageBytes;
        ulong firstPage = domain.Regions.MapRegisters(physicalAddress - offset, pageCount);
        return firstPage == 0 ? null : new MappedRegisters(domain, firstPage, pageCount, firstPage + offset);
    }

    /// <summary>Unmaps a window that no table took.</summary>
    public void Undo() => Unmap();

    protected override bool Release()
    {
        Unmap();
        return true;
    }

    private void Unmap() => _domain.Regions.UnmapRegisters(_firstPage, _pageCount);
}
