using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Isa;

namespace NooksOS.Isolation;

/// <summary>How a domain obtains a device of the ISA bus. Everything goes through its handle table.</summary>
/// <param name="domain">The domain.</param>
/// <param name="isNamed">Whether the project of its image names a device: no other one is given to it.</param>
public sealed class LegacyDeviceServices(Domain domain, Func<LegacyDevice, bool> isNamed) : ILegacyDeviceServices
{
    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.Device>> ClaimLegacyDevice(LegacyDeviceKind kind)
    {
        LegacyDevice? device = kind == LegacyDeviceKind.SoundBlaster16 ? LegacyDevices.SoundBlaster16 : null;
        if (device is null || !IsPresent(device) || !isNamed(device) || !LegacyDeviceClaims.TryClaim(device))
        {
            return CallResult<Handle<TrackedObjects.Device>>.Failure(CallStatus.NotFound);
        }

        CallResult<Handle<TrackedObjects.Device>> added = domain.Objects.Add<TrackedObjects.Device>(new ClaimedLegacyDevice(device));
        if (!added.Succeeded)
        {
            LegacyDeviceClaims.Release(device);
        }

        return added;
    }

    /// <inheritdoc/>
    public CallResult<PortRangeDescription> OpenLegacyPorts(Handle<TrackedObjects.Device> device)
    {
        if (!domain.Objects.TryResolve(device, out ClaimedLegacyDevice claimed))
        {
            return CallResult<PortRangeDescription>.Failure(CallStatus.BadHandle);
        }

        OpenPorts ports = new(claimed.Device.FirstPort, claimed.Device.PortCount);
        return domain.Objects.Add<TrackedObjects.PortRange>(ports, claimed).TryGet(out Handle<TrackedObjects.PortRange> handle)
            ? CallResult<PortRangeDescription>.Ok(new PortRangeDescription(handle, claimed.Device.PortCount))
            : CallResult<PortRangeDescription>.Failure(CallStatus.QuotaExceeded);
    }

    /// <inheritdoc/>
    public CallResult<DmaBufferDescription> AllocateChannelBuffer(Handle<TrackedObjects.DmaChannel> channel, uint lengthBytes)
    {
        if (!domain.Objects.TryResolve(channel, out OpenDmaChannel held))
        {
            return CallResult<DmaBufferDescription>.Failure(CallStatus.BadHandle);
        }

        if (lengthBytes is 0 or > IsaDmaMemory.LengthBytes)
        {
            return CallResult<DmaBufferDescription>.Failure(CallStatus.BadParameter);
        }

        MappedDmaBuffer? buffer = MappedDmaBuffer.TryTakeIsaMemory(domain);
        if (buffer is null)
        {
            return CallResult<DmaBufferDescription>.Failure(CallStatus.QuotaExceeded);
        }

        if (!domain.Objects.Add<TrackedObjects.DmaBuffer>(buffer, held).TryGet(out Handle<TrackedObjects.DmaBuffer> handle))
        {
            buffer.Undo();
            return CallResult<DmaBufferDescription>.Failure(CallStatus.QuotaExceeded);
        }

        return CallResult<DmaBufferDescription>.Ok(
            new DmaBufferDescription(handle, buffer.Address, buffer.PhysicalAddress, lengthBytes));
    }

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.InterruptLine>> OpenLegacyInterruptLine(Handle<TrackedObjects.Device> device)
    {
        if (!domain.Objects.TryResolve(device, out ClaimedLegacyDevice claimed))
        {
            return CallResult<Handle<TrackedObjects.InterruptLine>>.Failure(CallStatus.BadHandle);
        }

        // Such a device holds its line until it is served, and an edge that comes while the line is masked would be lost.
        return InterruptDelivery.Open(
            domain, claimed, Hardware.Interrupts.RouteLegacy(claimed.Device.InterruptLine) with { IsLevelTriggered = true }, device: null);
    }

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.DmaChannel>> OpenDmaChannel(Handle<TrackedObjects.Device> device, uint index)
    {
        if (!domain.Objects.TryResolve(device, out ClaimedLegacyDevice claimed))
        {
            return CallResult<Handle<TrackedObjects.DmaChannel>>.Failure(CallStatus.BadHandle);
        }

        if (index >= claimed.Device.DmaChannels.Length)
        {
            return CallResult<Handle<TrackedObjects.DmaChannel>>.Failure(CallStatus.BadParameter);
        }

        return domain.Objects.Add<TrackedObjects.DmaChannel>(new OpenDmaChannel(claimed.Device.DmaChannels[index]), claimed);
    }

    /// <inheritdoc/>
    public CallResult ProgramDmaChannel(
        Handle<TrackedObjects.DmaChannel> channel, Handle<TrackedObjects.DmaBuffer> buffer, uint lengthBytes)
    {
        if (!domain.Objects.TryResolve(channel, out OpenDmaChannel held)
            || !domain.Objects.TryResolve(buffer, out MappedDmaBuffer memory))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        // Nothing keeps an ISA channel from memory, so it is told of no other: that a device of PCI has for itself is behind its own fence.
        if (!memory.IsIsaMemory || lengthBytes > memory.LengthBytes || !DmaController.CanReach(held.Channel, memory.PhysicalAddress, lengthBytes))
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        held.Program(memory.PhysicalAddress, lengthBytes);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult StartDmaChannel(Handle<TrackedObjects.DmaChannel> channel)
    {
        if (!domain.Objects.TryResolve(channel, out OpenDmaChannel held))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        return held.TryStart() ? CallResult.Ok : CallResult.Failure(CallStatus.BadParameter);
    }

    /// <inheritdoc/>
    public CallResult<uint> StopDmaChannel(Handle<TrackedObjects.DmaChannel> channel)
        => domain.Objects.TryResolve(channel, out OpenDmaChannel held)
            ? CallResult<uint>.Ok(held.Stop())
            : CallResult<uint>.Failure(CallStatus.BadHandle);

    /// <inheritdoc/>
    public CallResult<uint> GetDmaPosition(Handle<TrackedObjects.DmaChannel> channel)
        => domain.Objects.TryResolve(channel, out OpenDmaChannel held)
            ? CallResult<uint>.Ok(LegacyDevices.Dma.GetPosition(held.Channel))
            : CallResult<uint>.Failure(CallStatus.BadHandle);

    private static bool IsPresent(LegacyDevice device)
    {
        foreach (LegacyDevice present in LegacyDevices.Present)
        {
            if (ReferenceEquals(present, device))
            {
                return true;
            }
        }

        return false;
    }
}
