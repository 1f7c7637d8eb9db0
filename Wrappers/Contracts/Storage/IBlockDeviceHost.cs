using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to a driver of block devices.</summary>
[Contract(25, CallDirection.ExtensionToKernel, Version = 3)]
public interface IBlockDeviceHost
{
    /// <summary>
    /// Tells which devices the kernel has of the driver: bit N is that of number N. None before the first instance; a later one need not wait
    /// for others to show themselves.
    /// </summary>
    CallResult<uint> GetUnits();

    /// <summary>Tells of a device that is ready for requests, while the driver starts.</summary>
    /// <param name="description">The device.</param>
    /// <param name="model">Its maker's name for it, in ASCII.</param>
    /// <param name="serial">Its serial number, in ASCII; by it the kernel knows the device again.</param>
    CallResult<Handle<TrackedObjects.BlockDevice>> Register(
        BlockDeviceDescription description,
        [MaximumLength(BlockLimits.ModelBytes)] ReadOnlySpan<byte> model,
        [MaximumLength(BlockLimits.SerialBytes)] ReadOnlySpan<byte> serial);
}
