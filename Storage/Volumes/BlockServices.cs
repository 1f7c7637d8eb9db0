using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>
/// Volumes as one instance of a file system gets them. A bad handle or parameter is only refused here: the wrapper makes a fault
/// of the caller of it.
/// </summary>
/// <param name="registry">The volumes.</param>
/// <param name="owner">Who asks, for people.</param>
/// <param name="objects">What the instance holds.</param>
public sealed class BlockServices(DiskRegistry registry, string owner, HandleTable objects) : IBlockServices
{
    private Handle<TrackedObjects.Volume> _newest;

    /// <inheritdoc/>
    public CallResult<VolumeDescription> Open(uint volume)
    {
        CallStatus status = registry.TryOpen(volume, owner, out Volume? opened);
        if (status != CallStatus.Ok)
        {
            return CallResult<VolumeDescription>.Failure(status);
        }

        CallResult<Handle<TrackedObjects.Volume>> added = objects.Add<TrackedObjects.Volume>(new OpenVolume(registry, opened!));
        if (!added.TryGet(out Handle<TrackedObjects.Volume> handle))
        {
            registry.Close(opened!);
            return CallResult<VolumeDescription>.Failure(added.Status);
        }

        _newest = handle;
        return CallResult<VolumeDescription>.Ok(new VolumeDescription
        {
            Handle = handle,
            SectorBytes = opened!.Content.SectorBytes,
            SectorCount = opened.Content.SectorCount,
            IsReadOnly = opened.Content.IsReadOnly ? 1u : 0,
        });
    }

    /// <inheritdoc/>
    public CallResult Close(Handle<TrackedObjects.Volume> volume)
        => Find(volume) is null ? BadHandle() : CallResult.Failure(objects.Release(volume.Slot, volume.Generation));

    /// <inheritdoc/>
    public CallResult Read(Handle<TrackedObjects.Volume> volume, ulong firstSector, Span<byte> destination)
        => Find(volume) is { } content ? CallResult.Failure(content.Read(firstSector, destination)) : BadHandle();

    /// <inheritdoc/>
    public CallResult Write(Handle<TrackedObjects.Volume> volume, ulong firstSector, ReadOnlySpan<byte> source)
        => Find(volume) is { } content ? CallResult.Failure(content.Write(firstSector, source)) : BadHandle();

    /// <inheritdoc/>
    public CallResult WriteLate(Handle<TrackedObjects.Volume> volume, ulong firstSector, ReadOnlySpan<byte> source)
        => Find(volume) is { } content ? CallResult.Failure(content.WriteLate(firstSector, source)) : BadHandle();

    /// <inheritdoc/>
    public CallResult Order(Handle<TrackedObjects.Volume> volume)
        => Find(volume) is { } content ? CallResult.Failure(content.Order()) : BadHandle();

    /// <inheritdoc/>
    public CallResult Flush(Handle<TrackedObjects.Volume> volume)
        => Find(volume) is { } content ? CallResult.Failure(content.Flush()) : BadHandle();

    /// <summary>The volume that was opened last, if it has this number and is open still; null otherwise.</summary>
    public MountedVolume? FindMounted(uint volume)
        => objects.TryResolve(_newest, out OpenVolume opened) && opened.Volume.Number == volume
            ? new MountedVolume(opened.Volume.Content, opened)
            : null;

    private static CallResult BadHandle() => CallResult.Failure(CallStatus.BadHandle);

    private IBlockVolume? Find(Handle<TrackedObjects.Volume> volume)
        => objects.TryResolve(volume, out OpenVolume opened) ? opened.Volume.Content : null;
}
