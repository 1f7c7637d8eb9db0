using System;
using NooksOS.Isolation.Loading;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>Maps a fresh instance of an image into a domain and makes it ready to be entered.</summary>
public static unsafe class DomainLoader
{
    private const uint PageBytes = ImageSegment.PageBytes;

    /// <summary>Loads the image. Null, or one line that says why not; then the domain has to be freed.</summary>
    /// <param name="domain">A new domain.</param>
    /// <param name="file">The pristine image.</param>
    /// <param name="layout">Its layout, made from these bytes.</param>
    public static string? TryLoad(Domain domain, ReadOnlySpan<byte> file, LoadedImageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(layout);
        DomainControl* control = domain.Control;
        ulong start = control->SlotBase + SlotLayout.Image;
        if (!TryMap(control, file, layout, layout.Text, start, PageFlags.Executable)
            || !TryMap(control, file, layout, layout.Constants, start, PageFlags.None)
            || !TryMap(control, file, layout, layout.Data, start, PageFlags.Writable)
            || !domain.Regions.TryMapTransferArea())
        {
            return "there is not enough memory to load it";
        }

        ImageHeader header = layout.Header;
        control->Code = new ImageCodeRanges(
            start + header.ManagedCode.Start,
            start + header.ManagedCode.End,
            start + header.HelperCode.Start,
            start + header.HelperCode.End,
            start + header.ThrowHardwareException);
        control->Block = start + header.DomainBlock;
        control->ReturnCode = start + header.XpcReturn;
        control->SystemCallCode = start + header.XpcCall;

        // SAFETY: the parser has checked that the block lies inside the image's data, which was mapped just now.
        ImageBlock* block = (ImageBlock*)control->Block;
        block->HeapQuotaBytes = domain.Objects.Quotas.MemoryBytes;
        if (!StackPool.TryGrow(control))
        {
            return "there is not enough memory for its stack";
        }

        domain.ImagePages = layout.MemoryBytes / PageBytes;
        domain.EntryPoint = start + header.Entry;
        domain.UnwindTable = start + layout.UnwindTable.Start;
        domain.SetReturnPath();
        domain.Activate();
        return null;
    }

    private static bool TryMap(
        DomainControl* control, ReadOnlySpan<byte> file, LoadedImageLayout layout, in ImageSegment segment, ulong start, PageFlags rights)
    {
        ulong address = start + segment.ImageOffset;
        ulong pageCount = segment.MappedBytes / PageBytes;
        if (!DomainPages.TryMapNew(control, address, pageCount, PageFlags.Writable))
        {
            return false;
        }

        // SAFETY: the pages were mapped just now, writable, and nobody is in the domain.
        ImageWriter.WriteSegment(file, layout, in segment, new Span<byte>((void*)address, (int)segment.MappedBytes), start);
        return rights == PageFlags.Writable || DomainPages.TryProtect(control, address, pageCount, rights);
    }
}
