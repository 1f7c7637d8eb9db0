using System;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>A part of a disk, through its cache. Any number of threads may use it.</summary>
/// <param name="cache">The cache of the disk.</param>
/// <param name="firstSector">Where it begins.</param>
/// <param name="sectorCount">How long it is. It lies on the disk.</param>
/// <param name="isReadOnly">Whether it is not to be written.</param>
public sealed class BlockVolume(DiskCache cache, ulong firstSector, ulong sectorCount, bool isReadOnly) : IBlockVolume, IVolumeContent
{
    private ulong _failures;

    /// <inheritdoc/>
    public ulong Failures => Volatile.Read(ref _failures);

    /// <inheritdoc/>
    public uint SectorBytes => cache.Disk.Identity.Description.SectorBytes;

    /// <inheritdoc/>
    public ulong SectorCount => sectorCount;

    /// <inheritdoc/>
    public bool IsReadOnly => isReadOnly;

    /// <inheritdoc/>
    public CallStatus Read(ulong firstSector, Span<byte> destination)
        => TryPlace(firstSector, destination.Length, out ulong offset) ? Noted(cache.Read(offset, destination)) : CallStatus.BadParameter;

    /// <inheritdoc/>
    public CallStatus Write(ulong firstSector, ReadOnlySpan<byte> source) => Write(firstSector, source, isLate: false);

    /// <inheritdoc/>
    public CallStatus WriteLate(ulong firstSector, ReadOnlySpan<byte> source) => Write(firstSector, source, isLate: true);

    /// <inheritdoc/>
    public ulong LengthBytes => sectorCount * SectorBytes;

    /// <inheritdoc/>
    public CallStatus ReadBytes(ulong position, Span<byte> destination)
        => Holds(position, destination.Length) ? Noted(cache.Read(Start + position, destination)) : CallStatus.BadParameter;

    /// <inheritdoc/>
    public CallStatus WriteBytes(ulong position, ReadOnlySpan<byte> source)
        => !Holds(position, source.Length) ? CallStatus.BadParameter
            : isReadOnly ? CallStatus.NotSupported
            : Noted(cache.Write(Start + position, source, isLate: false));

    /// <inheritdoc/>
    public CallStatus Order() => Noted(cache.Order());

    /// <inheritdoc/>
    public CallStatus Flush() => Noted(cache.Flush());

    private ulong Start => firstSector * SectorBytes;

    private CallStatus Write(ulong firstSector, ReadOnlySpan<byte> source, bool isLate)
        => !TryPlace(firstSector, source.Length, out ulong offset) ? CallStatus.BadParameter
            : isReadOnly ? CallStatus.NotSupported
            : Noted(cache.Write(offset, source, isLate));

    private CallStatus Noted(CallStatus status)
    {
        if (status != CallStatus.Ok)
        {
            Interlocked.Increment(ref _failures);
        }

        return status;
    }

    private bool Holds(ulong position, int lengthBytes)
        => position <= LengthBytes && (uint)lengthBytes <= LengthBytes - position;

    private bool TryPlace(ulong first, int lengthBytes, out ulong offset)
    {
        // In this order nothing overflows, whatever the caller asks for.
        ulong sectors = (uint)lengthBytes / SectorBytes;
        offset = 0;
        if ((uint)lengthBytes % SectorBytes != 0 || first > sectorCount || sectors > sectorCount - first)
        {
            return false;
        }

        offset = (firstSector + first) * SectorBytes;
        return true;
    }
}
