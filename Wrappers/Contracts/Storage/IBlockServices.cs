using System;

namespace NooksOS.Contracts;

/// <summary>
/// Volumes, for file systems. Everything goes through the kernel's cache, which outlives the caller and the driver of the disk.
/// Use <see cref="IExtensionServices.OpenVolume"/>, which gives the same as an <see cref="IBlockVolume"/>.
/// </summary>
[Contract(26, CallDirection.ExtensionToKernel)]
public interface IBlockServices
{
    /// <summary>
    /// Opens a volume for the caller alone; it is given back when the caller dies.
    /// <see cref="CallStatus.NotFound"/>: there is none of this number. <see cref="CallStatus.Busy"/>: somebody has it.
    /// </summary>
    CallResult<VolumeDescription> Open(uint volume);

    /// <summary>Gives a volume back. What was written stays written.</summary>
    CallResult Close(Handle<TrackedObjects.Volume> volume);

    /// <summary>See <see cref="IBlockVolume.Read"/>.</summary>
    CallResult Read(
        Handle<TrackedObjects.Volume> volume, ulong firstSector, [MaximumLength(BlockLimits.VolumeCallBytes)] Span<byte> destination);

    /// <summary>See <see cref="IBlockVolume.Write"/>.</summary>
    CallResult Write(
        Handle<TrackedObjects.Volume> volume, ulong firstSector, [MaximumLength(BlockLimits.VolumeCallBytes)] ReadOnlySpan<byte> source);

    /// <summary>See <see cref="IBlockVolume.WriteLate"/>.</summary>
    CallResult WriteLate(
        Handle<TrackedObjects.Volume> volume, ulong firstSector, [MaximumLength(BlockLimits.VolumeCallBytes)] ReadOnlySpan<byte> source);

    /// <summary>See <see cref="IBlockVolume.Order"/>.</summary>
    CallResult Order(Handle<TrackedObjects.Volume> volume);

    /// <summary>See <see cref="IBlockVolume.Flush"/>.</summary>
    CallResult Flush(Handle<TrackedObjects.Volume> volume);
}
