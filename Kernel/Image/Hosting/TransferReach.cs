using System;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Memory;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Hosting;

/// <summary>Opens the memory of requests in the fence of an instance for as long as the instance has them.</summary>
internal sealed class TransferReach(Domain instance) : IDeviceReach
{
    /// <inheritdoc/>
    public bool TryLend(ReadOnlySpan<BlockSegment> segments, bool isFilled)
    {
        if (instance.Fence is not { } fence)
        {
            return true;
        }

        for (int index = 0; index < segments.Length; index++)
        {
            ulong pages = PagesOf(segments[index], out ulong first);
            if (!fence.TryOpen(first, pages, isFilled ? DeviceAccess.Write : DeviceAccess.Read))
            {
                TakeBack(segments[..index]);
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void TakeBack(ReadOnlySpan<BlockSegment> segments)
    {
        foreach (ref readonly BlockSegment segment in segments)
        {
            ulong pages = PagesOf(segment, out ulong first);
            instance.Fence?.Close(first, pages);
        }
    }

    /// <inheritdoc/>
    public void Settle() => instance.Fence?.Settle();

    private static ulong PagesOf(in BlockSegment segment, out ulong first)
    {
        first = AddressLayout.PageFloor(segment.DeviceAddress);
        return AddressLayout.PagesFor(segment.DeviceAddress - first + segment.LengthBytes);
    }
}
