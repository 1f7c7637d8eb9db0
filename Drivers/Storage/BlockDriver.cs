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
    private readonly List<BlockUnit> _disks = [];
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

        CallResult result = Begin(services);
        if (!result.Succeeded)
        {
            // What was set up of a controller, such as where it puts what it receives, is not left to it without a driver.
            Stop();
        }

        return result;
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
    public CallResult<BlockExchange> Exchange(
        ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments, Span<BlockCompletion> ended, bool looks)
    {
        int count = 0;
        if (looks)
        {
            TakeInterrupts();

            // Before anything is begun: that may need the room.
            foreach (BlockUnit disk in _disks)
            {
                count += disk.Collect(ended[count..]);
            }
        }

        uint taken = Begin(requests, segments, ended, ref count);
        return CallResult<BlockExchange>.Ok(new BlockExchange(taken, (uint)count));
    }

    /// <inheritdoc/>
    public CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds)
    {
        if (Find(unit) is not { } disk)
        {
            return CallResult<uint>.Failure(CallStatus.NotFound);
        }

        disk.CheckTime(nowNanoseconds);
        return CallResult<uint>.Ok(disk.Outstanding);
    }

    /// <summary>The line is asserted while no disk is registered yet; afterwards the kernel asks by <see cref="Exchange"/>.</summary>
    public CallResult<uint> OnInterrupt(Handle<TrackedObjects.InterruptLine> line)
        => CallResult<uint>.Ok(TakeInterrupts() ? InterruptAnswer.Served : InterruptAnswer.NotMine);

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

    private bool TakeInterrupts()
    {
        bool isMine = false;
        foreach ((_, BlockController controller) in _controllers)
        {
            isMine |= controller.TakeInterrupt();
        }

        return isMine;
    }

    /// <summary>Begins requests while there is room. One that no device can be given ends at once. Returns how many were taken.</summary>
    private uint Begin(
        ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments, Span<BlockCompletion> ended, ref int count)
    {
        uint taken = 0;
        BlockUnit? unit = null;
        foreach (ref readonly BlockRequest request in requests)
        {
            BlockUnit? target = Find(request.Unit);
            if (target is null || !TrySelect(request, segments, out ReadOnlySpan<BlockSegment> own) || !target.Accepts(request, own))
            {
                if (count == ended.Length)
                {
                    break;
                }

                ended[count++] = new BlockCompletion { Id = request.Id, Unit = request.Unit, Result = BlockResult.Refused };
                taken++;
                continue;
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
        return taken;
    }

    private BlockUnit? Find(uint unit)
    {
        foreach (BlockUnit disk in _disks)
        {
            if (disk.Description.Unit == unit)
            {
                return disk;
            }
        }

        return null;
    }

    private CallResult Begin(IExtensionServices services)
    {
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

        _disks.AddRange(controller.Units);
        return true;
    }

    private CallResult Register()
    {
        foreach (BlockUnit disk in _disks)
        {
            CallResult<Handle<TrackedObjects.BlockDevice>> registered = _host!.Register(disk.Description, disk.Model, disk.Serial);
            if (!registered.Succeeded)
            {
                return CallResult.Failure(registered.Status);
            }
        }

        return CallResult.Ok;
    }
}
