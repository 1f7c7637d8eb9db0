using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// Pages of the kernel that one domain at a time sees as well, the first ones to read only, so that what passes between the two is not
/// copied on the way. They are never freed: instances of the domain come and go, and the kernel may read and write them at any time.
/// </summary>
public sealed unsafe class ExchangePages
{
    private readonly byte* _memory;
    private readonly nuint _pages;
    private readonly nuint _readOnlyPages;

    private ExchangePages(byte* memory, nuint pages, nuint readOnlyPages)
    {
        _memory = memory;
        _pages = pages;
        _readOnlyPages = readOnlyPages;
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
    /// <param name="sizeBytes">How much.</param>
    /// <param name="readOnlyBytes">How much of it, from the beginning on, the domain may not write; whole pages.</param>
    public static ExchangePages Allocate(int sizeBytes, int readOnlyBytes)
    {
        nuint pages = ((nuint)sizeBytes + (nuint)AddressLayout.PageBytes - 1) / (nuint)AddressLayout.PageBytes;
        void* memory = FrameAllocator.AllocateZeroedPages(pages);
        return memory == null ? throw new OutOfMemoryException() : new ExchangePages((byte*)memory, pages, (nuint)readOnlyBytes / (nuint)AddressLayout.PageBytes);
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
        if (!TryMap(domain, 0, _readOnlyPages, PageFlags.NotOwned))
        {
            return false;
        }

        if (TryMap(domain, _readOnlyPages, _pages - _readOnlyPages, PageFlags.Writable | PageFlags.NotOwned))
        {
            return true;
        }

        DomainPages.Unmap(domain.Control, AddressIn(domain), _readOnlyPages);
        return false;
    }

    /// <summary>Takes it out of a domain again.</summary>
    public void Hide(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        DomainPages.Unmap(domain.Control, AddressIn(domain), _pages);
    }

    private bool TryMap(Domain domain, nuint firstPage, nuint pages, PageFlags flags)
    {
        nuint offsetBytes = firstPage * (nuint)AddressLayout.PageBytes;
        return DomainPages.TryMapRange(
            domain.Control, AddressIn(domain) + offsetBytes, PhysicalMemory.FromPointer(_memory + offsetBytes), pages, flags);
    }
}
