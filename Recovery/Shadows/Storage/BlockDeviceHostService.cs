using System;
using System.Numerics;
using System.Text;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What the kernel offers to one instance of a block driver. A bad handle or parameter is only refused here: the wrapper makes a
/// fault of the caller of it, and knows where the call came from.
/// </summary>
/// <param name="shadow">The shadow of the disks.</param>
/// <param name="domainId">The domain that the recovery manager knows the extension by.</param>
/// <param name="driver">The instance, as the kernel calls it.</param>
/// <param name="objects">What the instance holds.</param>
/// <param name="reach">What its devices reach of the memory of requests; null if nothing keeps them from memory.</param>
public sealed class BlockDeviceHostService(BlockShadow shadow, uint domainId, IBlockDevice driver, HandleTable objects, IDeviceReach? reach = null)
    : IBlockDeviceHost
{
    private const uint MinimumSectorBytes = 512;

    // Sectors are counted in bytes here and there: that must not overflow.
    private const ulong MaximumBytes = 1UL << 62;

    /// <inheritdoc/>
    public CallResult<uint> GetUnits() => CallResult<uint>.Ok(shadow.GetUnits(domainId));

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.BlockDevice>> Register(
        BlockDeviceDescription description, ReadOnlySpan<byte> model, ReadOnlySpan<byte> serial)
    {
        if (!objects.TakesRegistrations)
        {
            return CallResult<Handle<TrackedObjects.BlockDevice>>.Failure(CallStatus.NotSupported);
        }

        if (!IsPossible(description))
        {
            return CallResult<Handle<TrackedObjects.BlockDevice>>.Failure(CallStatus.BadParameter);
        }

        BlockDiskIdentity identity = new(description, ReadText(model), ReadText(serial));
        if (!shadow.TryRegister(domainId, driver, reach, identity, out BlockDisk? disk, out uint registration))
        {
            return CallResult<Handle<TrackedObjects.BlockDevice>>.Failure(CallStatus.Busy);
        }

        CallResult<Handle<TrackedObjects.BlockDevice>> added =
            objects.Add<TrackedObjects.BlockDevice>(new BlockDeviceRegistration(shadow, disk, registration));
        if (!added.Succeeded)
        {
            shadow.Unregister(disk, registration);
        }

        return added;
    }

    private static bool IsPossible(in BlockDeviceDescription description)
        => description.Unit < BlockLimits.Units
            && description.SectorBytes is >= MinimumSectorBytes and <= BlockLimits.SegmentBytes
            && BitOperations.IsPow2(description.SectorBytes)
            && description.SectorCount != 0
            && description.SectorCount <= MaximumBytes / description.SectorBytes
            && description.QueueDepth != 0
            && description.MaximumSegments != 0
            && description.Reserved == 0
            && (description.Features & ~(BlockDeviceFeatures.ReadOnly | BlockDeviceFeatures.VolatileCache)) == 0;

    // It is shown on terminals: nothing but printable characters comes through.
    private static string ReadText(ReadOnlySpan<byte> text)
    {
        StringBuilder readable = new();
        foreach (byte character in text)
        {
            readable.Append(character is >= (byte)' ' and < 0x7F ? (char)character : '?');
        }

        return readable.ToString().Trim();
    }
}
