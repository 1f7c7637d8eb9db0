using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A driver of disks that never asks its devices why they interrupt, but goes on giving them requests.</summary>
public sealed class DeafBlockDevice(IBlockDevice driver) : IBlockDevice
{
    /// <inheritdoc/>
    public CallResult<BlockExchange> Exchange(
        ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments, Span<BlockCompletion> ended, bool looks)
        => driver.Exchange(requests, segments, ended, looks: false);

    /// <inheritdoc/>
    public CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds) => driver.CountOutstanding(unit, nowNanoseconds);
}
