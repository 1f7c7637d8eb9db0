using System;
using NooksOS.Contracts;
using NooksOS.Isolation.Injection;

namespace NooksOS.Image.Injection;

/// <summary>The device services of an instance that misunderstands where its buffers lie for its device, or how long they are.</summary>
/// <param name="services">The services as they are.</param>
/// <param name="takeDue">Gives the fault that strikes now, if one does.</param>
internal sealed class WrongDmaServices(IDeviceServices services, Func<WrapperFault?> takeDue) : IDeviceServices
{
    /// <inheritdoc/>
    public CallResult<DeviceDescription> ClaimDevice(ReadOnlySpan<PciIdentity> identities) => services.ClaimDevice(identities);

    /// <inheritdoc/>
    public CallResult SetBusMaster(Handle<TrackedObjects.Device> device, bool enabled) => services.SetBusMaster(device, enabled);

    /// <inheritdoc/>
    public CallResult<RegisterWindowDescription> MapRegisterWindow(Handle<TrackedObjects.Device> device, uint barIndex)
        => services.MapRegisterWindow(device, barIndex);

    /// <inheritdoc/>
    public CallResult<PortRangeDescription> OpenPortRange(Handle<TrackedObjects.Device> device, uint barIndex)
        => services.OpenPortRange(device, barIndex);

    /// <inheritdoc/>
    public CallResult<uint> ReadPort(Handle<TrackedObjects.PortRange> range, uint offset, uint widthBytes)
        => services.ReadPort(range, offset, widthBytes);

    /// <inheritdoc/>
    public CallResult WritePort(Handle<TrackedObjects.PortRange> range, uint offset, uint widthBytes, uint value)
        => services.WritePort(range, offset, widthBytes, value);

    /// <inheritdoc/>
    public CallResult<DmaBufferDescription> AllocateDmaBuffer(
        Handle<TrackedObjects.Device> device, uint lengthBytes, uint alignmentBytes)
    {
        CallResult<DmaBufferDescription> result = services.AllocateDmaBuffer(device, lengthBytes, alignmentBytes);
        if (!result.TryGet(out DmaBufferDescription buffer) || takeDue() is not { } fault)
        {
            return result;
        }

        // One or the other, as the seed has it.
        return CallResult<DmaBufferDescription>.Ok(fault.Call % 2 == 0
            ? buffer with { LengthBytes = buffer.LengthBytes + (uint)fault.LengthBytes }
            : buffer with { DeviceAddress = buffer.DeviceAddress + (ulong)fault.LengthBytes });
    }

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.InterruptLine>> OpenInterruptLine(Handle<TrackedObjects.Device> device)
        => services.OpenInterruptLine(device);

    /// <inheritdoc/>
    public CallResult Release(uint slot, uint generation) => services.Release(slot, generation);

    /// <inheritdoc/>
    public CallResult<uint> ReadConfiguration(Handle<TrackedObjects.Device> device, uint offsetBytes, uint widthBytes)
        => services.ReadConfiguration(device, offsetBytes, widthBytes);
}
