using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A driver of disks that has its devices read sectors to a place of its own choice.</summary>
/// <param name="driver">The driver.</param>
/// <param name="target">The place, as devices see it.</param>
public sealed class AstrayBlockDevice(IBlockDevice driver, ulong target) : IBlockDevice
{
    /// <inheritdoc/>
    public CallResult<BlockExchange> Exchange(
        ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments, Span<BlockCompletion> ended, bool looks)
    {
        BlockSegment[] astray = segments.ToArray();
        foreach (ref readonly BlockRequest request in requests)
        {
            if (request.Operation == BlockOperation.Read)
            {
                foreach (ref BlockSegment segment in astray.AsSpan((int)request.FirstSegment, (int)request.SegmentCount))
                {
                    segment.DeviceAddress = target;
                }
            }
        }

        return driver.Exchange(requests, astray, ended, looks);
    }

    /// <inheritdoc/>
    public CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds) => driver.CountOutstanding(unit, nowNanoseconds);
}
