using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A volume that the kernel has opened for this domain.</summary>
internal sealed class OpenedVolume(VolumeDescription description) : IBlockVolume
{
    // A contract's span is bounded by its contract, a caller's is not.
    private readonly ulong _sectorsPerCall = BlockLimits.VolumeCallBytes / description.SectorBytes;

    /// <inheritdoc/>
    public uint SectorBytes => description.SectorBytes;

    /// <inheritdoc/>
    public ulong SectorCount => description.SectorCount;

    /// <inheritdoc/>
    public bool IsReadOnly => description.IsReadOnly != 0;

    /// <inheritdoc/>
    public CallStatus Read(ulong firstSector, Span<byte> destination)
    {
        while (destination.Length > BlockLimits.VolumeCallBytes)
        {
            CallResult piece = default(BlockServicesClient).Read(
                description.Handle, firstSector, destination[..BlockLimits.VolumeCallBytes]);
            if (!piece.Succeeded)
            {
                return piece.Status;
            }

            destination = destination[BlockLimits.VolumeCallBytes..];
            firstSector += _sectorsPerCall;
        }

        return default(BlockServicesClient).Read(description.Handle, firstSector, destination).Status;
    }

    /// <inheritdoc/>
    public CallStatus Write(ulong firstSector, ReadOnlySpan<byte> source) => Write(firstSector, source, isLate: false);

    /// <inheritdoc/>
    public CallStatus WriteLate(ulong firstSector, ReadOnlySpan<byte> source) => Write(firstSector, source, isLate: true);

    /// <inheritdoc/>
    public CallStatus Order() => default(BlockServicesClient).Order(description.Handle).Status;

    /// <inheritdoc/>
    public CallStatus Flush() => default(BlockServicesClient).Flush(description.Handle).Status;

    /// <summary>Gives it back.</summary>
    internal void Close() => default(BlockServicesClient).Close(description.Handle);

    private CallStatus Write(ulong firstSector, ReadOnlySpan<byte> source, bool isLate)
    {
        while (source.Length > BlockLimits.VolumeCallBytes)
        {
            CallResult piece = WritePiece(firstSector, source[..BlockLimits.VolumeCallBytes], isLate);
            if (!piece.Succeeded)
            {
                return piece.Status;
            }

            source = source[BlockLimits.VolumeCallBytes..];
            firstSector += _sectorsPerCall;
        }

        return WritePiece(firstSector, source, isLate).Status;
    }

    private CallResult WritePiece(ulong firstSector, ReadOnlySpan<byte> source, bool isLate) => isLate
        ? default(BlockServicesClient).WriteLate(description.Handle, firstSector, source)
        : default(BlockServicesClient).Write(description.Handle, firstSector, source);
}
