using System;

namespace NooksOS.Contracts;

/// <summary>
/// What a driver of block devices offers. It keeps nothing that its death would lose: the kernel knows every request that is
/// under way and gives it to the next instance.
/// </summary>
[Contract(24, CallDirection.KernelToExtension)]
public interface IBlockDevice
{
    /// <summary>
    /// Begins requests and does not wait for them. Returns how many were taken, from the first; for the rest there is no room
    /// until some are completed.
    /// </summary>
    CallResult<uint> Submit(
        [MaximumLength(BlockLimits.RequestsPerCall)] ReadOnlySpan<BlockRequest> requests,
        [MaximumLength(BlockLimits.SegmentsPerCall)] ReadOnlySpan<BlockSegment> segments);

    /// <summary>
    /// Says how many requests a device still has, or 1 if it takes none because it is being brought back. Requests that it is
    /// done with are completed first, also if it has told nobody, and those that it should long be done with are ended. The
    /// kernel calls this now and then while requests are under way: that one takes long may be the device's fault, but that
    /// nobody has it can only be the driver's.
    /// </summary>
    /// <param name="unit">The device, as its driver has numbered it.</param>
    /// <param name="nowNanoseconds">Time since boot.</param>
    CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds);
}
