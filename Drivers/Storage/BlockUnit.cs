using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Storage;

/// <summary>
/// One device that takes requests: a disk. <see cref="BlockDriver"/> calls it, one thread at a time. An implementation calls
/// nothing of the kernel but the clock, which would let another thread in; allocates nothing after its construction; and
/// believes nothing that it reads from the device: it ends a request at most once, and only one that it has begun.
/// </summary>
public abstract class BlockUnit
{
    /// <summary>The device.</summary>
    public abstract BlockDeviceDescription Description { get; }

    /// <summary>Its maker's name for it, in ASCII.</summary>
    public abstract ReadOnlySpan<byte> Model { get; }

    /// <summary>Its serial number, in ASCII.</summary>
    public abstract ReadOnlySpan<byte> Serial { get; }

    /// <summary>Requests that the device has, or 1 if it has none and takes none because it is being brought back.</summary>
    public abstract uint Outstanding { get; }

    /// <summary>
    /// Prepares a request, which the device sees with <see cref="Publish"/>. The request is possible, see <see cref="Accepts"/>.
    /// False if there is no room until another one has ended.
    /// </summary>
    public abstract bool TryBegin(in BlockRequest request, ReadOnlySpan<BlockSegment> segments);

    /// <summary>Gives the device what was begun.</summary>
    public abstract void Publish();

    /// <summary>Takes back requests that have ended, as many as there is room for. Returns how many.</summary>
    public abstract int Collect(Span<BlockCompletion> completions);

    /// <summary>Some time has passed: ends what takes too long, and goes on bringing the device back.</summary>
    public abstract void CheckTime(long nowNanoseconds);

    /// <summary>Whether the request is one that the device can be given at all.</summary>
    public bool Accepts(in BlockRequest request, ReadOnlySpan<BlockSegment> segments)
    {
        BlockDeviceDescription device = Description;
        if (request.Operation == BlockOperation.Flush)
        {
            return request.SectorCount == 0 && segments.IsEmpty;
        }

        bool isWrite = request.Operation == BlockOperation.Write;
        if ((!isWrite && request.Operation != BlockOperation.Read)
            || (isWrite && (device.Features & BlockDeviceFeatures.ReadOnly) != 0)
            || request.SectorCount == 0
            || request.FirstSector >= device.SectorCount
            || request.SectorCount > device.SectorCount - request.FirstSector
            || segments.IsEmpty
            || (uint)segments.Length > device.MaximumSegments)
        {
            return false;
        }

        ulong lengthBytes = 0;
        foreach (ref readonly BlockSegment segment in segments)
        {
            if (segment.LengthBytes is 0 or > BlockLimits.SegmentBytes || segment.DeviceAddress % 4 != 0
                || segment.LengthBytes % device.SectorBytes != 0)
            {
                return false;
            }

            lengthBytes += segment.LengthBytes;
        }

        return lengthBytes == (ulong)request.SectorCount * device.SectorBytes;
    }
}
