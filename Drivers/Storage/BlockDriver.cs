using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Storage;

/// <summary>
/// What the driver of a family of disk controllers begins with: it says which devices it knows and makes a
/// <see cref="BlockController"/> for each; everything else is the same for all of them. One thread at a time runs in here, but
/// each call to the kernel lets another one in. Nothing is allocated after <see cref="Start"/>.
/// </summary>
public abstract class BlockDriver : IExtension, IBlockDevice, IInterruptSink
{
    private readonly List<Disk> _disks = [];
    private readonly List<(IDeviceResources Device, BlockController Controller)> _controllers = [];
    private IBlockDeviceHost? _host;

    /// <summary>The devices that the driver knows.</summary>
    protected abstract ReadOnlySpan<PciIdentity> Identities { get; }

    /// <summary>How many devices it drives at most, and how many disks each may have.</summary>
    protected abstract (uint Controllers, uint UnitsPerController) Limits { get; }

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        if (_host is not null)
        {
            return CallResult.Failure(CallStatus.Busy);
        }

        _host = services.BlockDevices;
        try
        {
            for (uint index = 0; index < Limits.Controllers && services.ClaimDevice(Identities) is { } device; index++)
            {
                if (!TryAdd(services, device, index * Limits.UnitsPerController))
                {
                    return CallResult.Failure(CallStatus.Failed);
                }
            }

            return _disks.Count == 0 ? CallResult.Failure(CallStatus.NotFound) : Register();
        }
        catch (InvalidOperationException refusal)
        {
            services.Log(refusal.Message);
            return CallResult.Failure(CallStatus.Failed);
        }
    }

    /// <inheritdoc/>
    public CallResult Stop()
    {
        foreach ((IDeviceResources device, BlockController controller) in _controllers)
        {
            controller.Rest();
            device.SetBusMaster(false);
        }

        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<uint> Submit(ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments)
    {
        uint taken = 0;
        BlockUnit? unit = null;
        foreach (ref readonly BlockRequest request in requests)
        {
            BlockUnit? target = Find(request.Unit)?.Unit;
            if (target is null || !TrySelect(request, segments, out ReadOnlySpan<BlockSegment> own) || !target.Accepts(request, own))
            {
                // What came before it is under way; the caller finds out when this is the first.
                if (taken == 0)
                {
                    return CallResult<uint>.Failure(CallStatus.BadParameter);
                }

                break;
            }

            if (unit is not null && !ReferenceEquals(unit, target))
            {
                unit.Publish();
            }

            unit = target;
            if (!target.TryBegin(request, own))
            {
                break;
            }

            taken++;
        }

        unit?.Publish();
        return CallResult<uint>.Ok(taken);
    }

    /// <inheritdoc/>
    public CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds)
    {
        if (Find(unit) is not { } disk)
        {
            return CallResult<uint>.Failure(CallStatus.NotFound);
        }

        disk.Unit.CheckTime(nowNanoseconds);
        Report(disk);
        return CallResult<uint>.Ok(disk.Unit.Outstanding);
    }

    /// <inheritdoc/>
    public CallResult<uint> OnInterrupt(Handle<TrackedObjects.InterruptLine> line)
    {
        bool isMine = false;
        foreach ((_, BlockController controller) in _controllers)
        {
            isMine |= controller.TakeInterrupt();
        }

        if (!isMine)
        {
            return CallResult<uint>.Ok(InterruptAnswer.NotMine);
        }

        foreach (Disk disk in _disks)
        {
            Report(disk);
        }

        return CallResult<uint>.Ok(InterruptAnswer.Served);
    }

    /// <summary>
    /// Maps the registers of a device that was claimed, and allocates the memory that is shared with it. The device is off the
    /// bus. May throw what <see cref="IDeviceResources"/> throws; null if it is not a device that the driver can drive.
    /// </summary>
    protected abstract BlockController? Attach(IExtensionServices services, IDeviceResources device);

    private static bool TrySelect(in BlockRequest request, ReadOnlySpan<BlockSegment> segments, out ReadOnlySpan<BlockSegment> own)
    {
        own = default;
        if (request.FirstSegment > (uint)segments.Length || request.SegmentCount > (uint)segments.Length - request.FirstSegment)
        {
            return false;
        }

        own = segments.Slice((int)request.FirstSegment, (int)request.SegmentCount);
        return true;
    }

    private Disk? Find(uint unit)
    {
        foreach (Disk disk in _disks)
        {
            if (disk.Unit.Description.Unit == unit)
            {
                return disk;
            }
        }

        return null;
    }

    private bool TryAdd(IExtensionServices services, IDeviceResources device, uint firstUnit)
    {
        // An earlier owner may have left the device with addresses that are no longer its own.
        device.SetBusMaster(false);
        BlockController? controller = Attach(services, device);
        if (controller is null || !controller.TryReset())
        {
            services.Log("the device does not answer, or is not one that this driver can drive");
            return false;
        }

        // Not before the reset: the line may have been left asserted by the predecessor, with nobody here to answer it.
        device.OpenInterruptLine();
        _controllers.Add((device, controller));
        device.SetBusMaster(true);
        if (!controller.TryStart(firstUnit))
        {
            services.Log("the device does not start");
            controller.Rest();
            device.SetBusMaster(false);
            return false;
        }

        foreach (BlockUnit unit in controller.Units)
        {
            _disks.Add(new Disk(unit));
        }

        return true;
    }

    private CallResult Register()
    {
        foreach (Disk disk in _disks)
        {
            CallResult<Handle<TrackedObjects.BlockDevice>> registered =
                _host!.Register(disk.Unit.Description, disk.Unit.Model, disk.Unit.Serial);
            if (!registered.TryGet(out Handle<TrackedObjects.BlockDevice> handle))
            {
                return CallResult.Failure(registered.Status);
            }

            disk.Handle = handle;
        }

        return CallResult.Ok;
    }

    private void Report(Disk disk)
    {
        // Not a field: while the kernel is called another thread may report, too.
        Span<BlockCompletion> completions = stackalloc BlockCompletion[BlockLimits.RequestsPerCall];
        while (disk.Unit.Collect(completions) is > 0 and var count)
        {
            _host!.Complete(disk.Handle, completions[..count]);
        }
    }

    private sealed class Disk(BlockUnit unit)
    {
        public BlockUnit Unit => unit;

        public Handle<TrackedObjects.BlockDevice> Handle { get; set; }
    }
}
