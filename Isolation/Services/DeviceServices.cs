using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>How a domain obtains hardware. Everything goes through its handle table.</summary>
/// <param name="domain">The domain.</param>
/// <param name="isNamed">Whether the project of its image names a device: no other one is given to it.</param>
public sealed unsafe class DeviceServices(Domain domain, Func<PciDevice, bool> isNamed) : IDeviceServices
{
    private const uint MaximumDmaBufferBytes = 4 << 20;
    private const ulong MaximumWindowBytes = 64 << 20;
    private const ulong MaximumPorts = 4096;

    private readonly Domain _domain = domain;

    /// <summary>How often the domain has let a device have the bus, which is the last thing that it does to bring one up.</summary>
    public ulong BusGrants { get; private set; }

    /// <inheritdoc/>
    public CallResult<DeviceDescription> ClaimDevice(ReadOnlySpan<PciIdentity> identities)
    {
        DmaFaults.Collect();
        PciDevice? device = DeviceClaims.TryClaim(identities, isNamed, _domain.DomainId);
        if (device is null)
        {
            return CallResult<DeviceDescription>.Failure(CallStatus.NotFound);
        }

        DmaFence? fence = null;
        if (DmaRemapping.IsFenced(device))
        {
            fence = _domain.OpenFence();
            if (fence is null || !fence.TryAttach(device))
            {
                DeviceClaims.Release(device, _domain.DomainId);
                return CallResult<DeviceDescription>.Failure(CallStatus.QuotaExceeded);
            }
        }

        ClaimedDevice claimed = new(device, _domain.DomainId, fence);
        if (!_domain.Objects.Add<TrackedObjects.Device>(claimed).TryGet(out Handle<TrackedObjects.Device> handle))
        {
            fence?.TryDetach(device);
            DeviceClaims.Release(device, _domain.DomainId);
            return CallResult<DeviceDescription>.Failure(CallStatus.QuotaExceeded);
        }

        return CallResult<DeviceDescription>.Ok(
            new DeviceDescription(handle, new PciIdentity(device.VendorId, device.DeviceId), device.Revision));
    }

    /// <inheritdoc/>
    public CallResult SetBusMaster(Handle<TrackedObjects.Device> device, bool enabled)
    {
        if (!TryResolve(device, out ClaimedDevice claimed) || !claimed.TrySetBusMaster(enabled))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        BusGrants += enabled ? 1u : 0;
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<RegisterWindowDescription> MapRegisterWindow(Handle<TrackedObjects.Device> device, uint barIndex)
    {
        if (!TryResolve(device, out ClaimedDevice claimed))
        {
            return CallResult<RegisterWindowDescription>.Failure(CallStatus.BadHandle);
        }

        if (!claimed.Device.TryGetBar((int)barIndex, out PciBar bar) || bar.IsIo || bar.LengthBytes > MaximumWindowBytes
            || !RegisterPages.AreOnlyOf(claimed.Device, bar, Hardware.PciDevices))
        {
            return CallResult<RegisterWindowDescription>.Failure(CallStatus.NotFound);
        }

        uint lengthBytes = (uint)bar.LengthBytes;
        claimed.Device.Enable(PciCommand.MemorySpace);

        MappedRegisters? window = MappedRegisters.TryMap(_domain, bar.Address, lengthBytes);
        if (window is null)
        {
            return CallResult<RegisterWindowDescription>.Failure(CallStatus.QuotaExceeded);
        }

        if (!_domain.Objects.Add<TrackedObjects.RegisterWindow>(window, claimed).TryGet(out Handle<TrackedObjects.RegisterWindow> handle))
        {
            window.Undo();
            return CallResult<RegisterWindowDescription>.Failure(CallStatus.QuotaExceeded);
        }

        return CallResult<RegisterWindowDescription>.Ok(new RegisterWindowDescription(handle, window.Address, lengthBytes));
    }

    /// <inheritdoc/>
    public CallResult<PortRangeDescription> OpenPortRange(Handle<TrackedObjects.Device> device, uint barIndex)
    {
        if (!TryResolve(device, out ClaimedDevice claimed))
        {
            return CallResult<PortRangeDescription>.Failure(CallStatus.BadHandle);
        }

        if (!claimed.Device.TryGetBar((int)barIndex, out PciBar bar) || !bar.IsIo || bar.LengthBytes > MaximumPorts)
        {
            return CallResult<PortRangeDescription>.Failure(CallStatus.NotFound);
        }

        uint lengthPorts = (uint)bar.LengthBytes;
        claimed.Device.Enable(PciCommand.IoSpace);
        OpenPorts ports = new((ushort)bar.Address, lengthPorts);
        return _domain.Objects.Add<TrackedObjects.PortRange>(ports, claimed).TryGet(out Handle<TrackedObjects.PortRange> handle)
            ? CallResult<PortRangeDescription>.Ok(new PortRangeDescription(handle, lengthPorts))
            : CallResult<PortRangeDescription>.Failure(CallStatus.QuotaExceeded);
    }

    /// <inheritdoc/>
    public CallResult<uint> ReadPort(Handle<TrackedObjects.PortRange> range, uint offset, uint widthBytes)
    {
        if (!TryResolvePort(range, offset, widthBytes, out ushort port, out CallStatus refusal))
        {
            return CallResult<uint>.Failure(refusal);
        }

        return CallResult<uint>.Ok(widthBytes switch
        {
            1 => PortIo.Read8(port),
            2 => PortIo.Read16(port),
            _ => PortIo.Read32(port),
        });
    }

    /// <inheritdoc/>
    public CallResult WritePort(Handle<TrackedObjects.PortRange> range, uint offset, uint widthBytes, uint value)
    {
        if (!TryResolvePort(range, offset, widthBytes, out ushort port, out CallStatus refusal))
        {
            return CallResult.Failure(refusal);
        }

        switch (widthBytes)
        {
            case 1:
                PortIo.Write8(port, (byte)value);
                break;
            case 2:
                PortIo.Write16(port, (ushort)value);
                break;
            default:
                PortIo.Write32(port, value);
                break;
        }

        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<DmaBufferDescription> AllocateDmaBuffer(
        Handle<TrackedObjects.Device> device, uint lengthBytes, uint alignmentBytes)
    {
        if (!TryResolve(device, out ClaimedDevice claimed))
        {
            return CallResult<DmaBufferDescription>.Failure(CallStatus.BadHandle);
        }

        // Frames are page aligned, so any alignment up to a page comes by itself.
        if (lengthBytes is 0 or > MaximumDmaBufferBytes || alignmentBytes > AddressLayout.PageBytes
            || (alignmentBytes & (alignmentBytes - 1)) != 0)
        {
            return CallResult<DmaBufferDescription>.Failure(CallStatus.BadParameter);
        }

        MappedDmaBuffer? buffer = MappedDmaBuffer.TryAllocate(_domain, lengthBytes, claimed.Fence);
        if (buffer is null)
        {
            return CallResult<DmaBufferDescription>.Failure(CallStatus.QuotaExceeded);
        }

        if (!_domain.Objects.Add<TrackedObjects.DmaBuffer>(buffer, claimed).TryGet(out Handle<TrackedObjects.DmaBuffer> handle))
        {
            buffer.Undo();
            return CallResult<DmaBufferDescription>.Failure(CallStatus.QuotaExceeded);
        }

        return CallResult<DmaBufferDescription>.Ok(
            new DmaBufferDescription(handle, buffer.Address, buffer.PhysicalAddress, lengthBytes));
    }

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.InterruptLine>> OpenInterruptLine(Handle<TrackedObjects.Device> device)
    {
        if (!TryResolve(device, out ClaimedDevice claimed))
        {
            return CallResult<Handle<TrackedObjects.InterruptLine>>.Failure(CallStatus.BadHandle);
        }

        return InterruptDelivery.Open(_domain, claimed);
    }

    /// <inheritdoc/>
    public CallResult Release(uint slot, uint generation)
    {
        CallStatus status = _domain.Objects.GiveBack(slot, generation);
        if (status == CallStatus.BadHandle)
        {
            DomainFaults.Report(_domain.Control, FaultKind.BadHandle, 0, ((ulong)generation << 32) | slot);
        }

        return CallResult.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult<uint> ReadConfiguration(Handle<TrackedObjects.Device> device, uint offsetBytes, uint widthBytes)
    {
        if (!TryResolve(device, out ClaimedDevice claimed))
        {
            return CallResult<uint>.Failure(CallStatus.BadHandle);
        }

        if (!claimed.Device.TryReadConfiguration(offsetBytes, widthBytes, out uint value))
        {
            DomainFaults.Report(_domain.Control, FaultKind.BadParameter, 0, offsetBytes);
            return CallResult<uint>.Failure(CallStatus.BadParameter);
        }

        return CallResult<uint>.Ok(value);
    }

    private bool TryResolve(Handle<TrackedObjects.Device> handle, out ClaimedDevice device)
    {
        bool found = _domain.Objects.TryResolve(handle, out device);
        if (!found)
        {
            ReportBadHandle(handle.Slot, handle.Generation);
        }

        return found;
    }

    private bool TryResolvePort(
        Handle<TrackedObjects.PortRange> handle, uint offset, uint widthBytes, out ushort port, out CallStatus refusal)
    {
        port = 0;
        if (!_domain.Objects.TryResolve(handle, out OpenPorts range))
        {
            ReportBadHandle(handle.Slot, handle.Generation);
            refusal = CallStatus.BadHandle;
            return false;
        }

        refusal = CallStatus.BadParameter;
        if (widthBytes is not (1 or 2 or 4) || !range.TryGetPort(offset, widthBytes, out port))
        {
            DomainFaults.Report(_domain.Control, FaultKind.BadParameter, 0, offset);
            return false;
        }

        return true;
    }

    private void ReportBadHandle(uint slot, uint generation)
        => DomainFaults.Report(_domain.Control, FaultKind.BadHandle, 0, ((ulong)generation << 32) | slot);
}
