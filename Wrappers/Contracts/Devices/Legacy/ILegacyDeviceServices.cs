namespace NooksOS.Contracts;

/// <summary>How a driver obtains a device of the ISA bus. Everything it gets is tracked and taken back when its domain ends.</summary>
[Contract(51, CallDirection.ExtensionToKernel)]
public interface ILegacyDeviceServices
{
    /// <summary>Claims the device, if the machine has it and nobody else holds it.</summary>
    CallResult<Handle<TrackedObjects.Device>> ClaimLegacyDevice(LegacyDeviceKind kind);

    /// <summary>Opens the ports of the device, for the port calls of <see cref="IDeviceServices"/>.</summary>
    CallResult<PortRangeDescription> OpenLegacyPorts(Handle<TrackedObjects.Device> device);

    /// <summary>
    /// Allocates zeroed memory that a channel of the DMA controller can reach: below 16 MiB, and across no boundary of 64 KiB,
    /// or of 128 KiB for a channel of 16 bits.
    /// </summary>
    CallResult<DmaBufferDescription> AllocateChannelBuffer(Handle<TrackedObjects.DmaChannel> channel, uint lengthBytes);

    /// <summary>Opens the device's interrupt line; from then on <see cref="IInterruptSink.OnInterrupt"/> is called.</summary>
    CallResult<Handle<TrackedObjects.InterruptLine>> OpenLegacyInterruptLine(Handle<TrackedObjects.Device> device);

    /// <summary>Opens the device's DMA channel of 8 bits (index 0) or of 16 bits (index 1). It is masked.</summary>
    CallResult<Handle<TrackedObjects.DmaChannel>> OpenDmaChannel(Handle<TrackedObjects.Device> device, uint index);

    /// <summary>
    /// Stops the channel and sets it to the start of a buffer that was allocated for it: started, the device reads so much of it,
    /// and then begins again at its start.
    /// </summary>
    CallResult ProgramDmaChannel(
        Handle<TrackedObjects.DmaChannel> channel, Handle<TrackedObjects.DmaBuffer> buffer, uint lengthBytes);

    /// <summary>Unmasks the channel, which must be programmed: the device may read.</summary>
    CallResult StartDmaChannel(Handle<TrackedObjects.DmaChannel> channel);

    /// <summary>Masks the channel: the device reads no more. Returns how many bytes of the buffer it has read in this round.</summary>
    CallResult<uint> StopDmaChannel(Handle<TrackedObjects.DmaChannel> channel);

    /// <summary>Returns how many bytes of the buffer the device has read in this round.</summary>
    CallResult<uint> GetDmaPosition(Handle<TrackedObjects.DmaChannel> channel);
}
