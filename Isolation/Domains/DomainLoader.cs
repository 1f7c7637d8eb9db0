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
    /// <param name="shared">Its code and constants, made from these bytes; the domain holds them from now on.</param>
    public static string? TryLoad(Domain domain, ReadOnlySpan<byte> file, LoadedImageLayout layout, SharedImagePages shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(layout);
        DomainControl* control = domain.Control;
        ulong start = control->SlotBase + SlotLayout.Image;
        shared.Hold();
        domain.SharedPages = shared;
        if (Gate.HasKernelPrivilegeBeenGiven)
        {
            shared.RestorePristine(file);
        }

        if (!TryMapShared(control, layout.Text, start, shared.Text, PageFlags.Executable)
            || !TryMapShared(control, layout.Constants, start, shared.Constants, PageFlags.None)
            || !TryMapData(control, file, layout, start)
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

    private static bool TryMapShared(
        DomainControl* control, in ImageSegment segment, ulong start, ulong physicalAddress, PageFlags rights)
        => DomainPages.TryMapRange(
            control, start + segment.ImageOffset, physicalAddress, segment.MappedBytes / PageBytes, rights | PageFlags.NotOwned);

    private static bool TryMapData(DomainControl* control, ReadOnlySpan<byte> file, LoadedImageLayout layout, ulong start)
    {
        ImageSegment segment = layout.Data;
        ulong address = start + segment.ImageOffset;
        if (!DomainPages.TryMapNew(control, address, segment.MappedBytes / PageBytes, PageFlags.Writable))
        {
            return false;
        }

        // SAFETY: the pages were mapped just now, zeroed and writable, and nobody is in the domain.
        ImageWriter.WriteData(file, layout, new Span<byte>((void*)address, (int)segment.MappedBytes), start);
        return true;
    }
}
