using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// Pages of the kernel that one domain at a time sees as well, writable, so that what passes between the two is not copied on the
/// way. They are never freed: instances of the domain come and go, and the kernel may read and write them at any time.
/// </summary>
public sealed unsafe class ExchangePages
{
    private readonly byte* _memory;
    private readonly nuint _pages;

    private ExchangePages(byte* memory, nuint pages)
    {
        _memory = memory;
        _pages = pages;
    }

    /// <summary>The memory as the kernel sees it.</summary>
    public Span<byte> Bytes

        // SAFETY: the direct map covers the frames, which are this object's and are never freed.
        => new(_memory, (int)SizeBytes);

    /// <summary>Where the kernel sees it.</summary>
    public ulong Address => (ulong)_memory;

    /// <summary>How long it is.</summary>
    public ulong SizeBytes => _pages * AddressLayout.PageBytes;

    /// <summary>Takes memory, cleared. Only at boot, when there is enough.</summary>
    public static ExchangePages Allocate(int sizeBytes)
    {
        nuint pages = ((nuint)sizeBytes + (nuint)AddressLayout.PageBytes - 1) / (nuint)AddressLayout.PageBytes;
        void* memory = FrameAllocator.AllocateZeroedPages(pages);
        return memory == null ? throw new OutOfMemoryException() : new ExchangePages((byte*)memory, pages);
    }

    /// <summary>Where a domain sees it.</summary>
    public static ulong AddressIn(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return domain.Control->SlotBase + SlotLayout.Exchange;
    }

    /// <summary>Shows it to a domain. False if memory is short, or if the domain sees other such pages already.</summary>
    public bool TryShow(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return DomainPages.TryMapRange(
            domain.Control, AddressIn(domain), PhysicalMemory.FromPointer(_memory), _pages, PageFlags.Writable | PageFlags.NotOwned);
    }

    /// <summary>Takes it out of a domain again.</summary>
    public void Hide(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        DomainPages.Unmap(domain.Control, AddressIn(domain), _pages);
    }
}
