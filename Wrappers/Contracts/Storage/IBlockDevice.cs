using System;

namespace NooksOS.Contracts;

/// <summary>
/// What a driver of block devices offers. It keeps nothing that its death would lose: the kernel knows every request that is
/// under way and gives it to the next instance.
/// </summary>
[Contract(24, CallDirection.KernelToExtension, Version = 2)]
public interface IBlockDevice
{
    /// <summary>
    /// Everything that there is to say in one call: begins requests and does not wait for them, and tells which ones have ended. It
    /// stands for an interrupt as well: a device's line stays masked until an exchange after the interrupt has found nothing left.
    /// A request that its device does not take at all ends as <see cref="BlockResult.Refused"/>.
    /// </summary>
    /// <param name="requests">Requests to begin.</param>
    /// <param name="segments">Their memory.</param>
    /// <param name="ended">Receives requests that have ended, of any device of the driver.</param>
    /// <param name="looks">
    /// Whether the driver looks at its devices, because one of them may have interrupted: makes them deassert their lines, and finds
    /// out what has ended. If not, it need not, which saves the way to their registers.
    /// </param>
    CallResult<BlockExchange> Exchange(
        [MaximumLength(BlockLimits.RequestsPerCall)] ReadOnlySpan<BlockRequest> requests,
        [MaximumLength(BlockLimits.SegmentsPerCall)] ReadOnlySpan<BlockSegment> segments,
        [MaximumLength(BlockLimits.RequestsPerCall), Output] Span<BlockCompletion> ended,
        bool looks);

    /// <summary>
    /// Says how many requests a device still has, or 1 if it takes none because it is being brought back. Those that it should long
    /// be done with are ended, and told with the next exchange. The kernel calls this now and then while requests are under way:
    /// that one takes long may be the device's fault, but that nobody has it can only be the driver's.
    /// </summary>
    /// <param name="unit">The device, as its driver has numbered it.</param>
    /// <param name="nowNanoseconds">Time since boot.</param>
    CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds);
}
