using System;

namespace NooksOS.Contracts;

/// <summary>How a driver obtains its hardware. Everything it gets is tracked and taken back when its domain ends.</summary>
[Contract(4, CallDirection.ExtensionToKernel)]
public interface IDeviceServices
{
    /// <summary>Claims the first unclaimed PCI function that matches one of the identities.</summary>
    [KeepsMonitor]
    CallResult<DeviceDescription> ClaimDevice([MaximumLength(32)] ReadOnlySpan<PciIdentity> identities);

    /// <summary>Lets the claimed function start bus transactions of its own, or forbids it.</summary>
    [KeepsMonitor]
    CallResult SetBusMaster(Handle<TrackedObjects.Device> device, bool enabled);

    /// <summary>Maps a memory BAR of the function, uncached.</summary>
    [KeepsMonitor]
    CallResult<RegisterWindowDescription> MapRegisterWindow(Handle<TrackedObjects.Device> device, uint barIndex);

    /// <summary>Opens an I/O BAR of the function.</summary>
    [KeepsMonitor]
    CallResult<PortRangeDescription> OpenPortRange(Handle<TrackedObjects.Device> device, uint barIndex);

    /// <summary>Reads a port of an open range; the width is 1, 2 or 4 bytes.</summary>
    [KeepsMonitor]
    CallResult<uint> ReadPort(Handle<TrackedObjects.PortRange> range, uint offset, uint widthBytes);

    /// <summary>Writes a port of an open range; the width is 1, 2 or 4 bytes.</summary>
    [KeepsMonitor]
    CallResult WritePort(Handle<TrackedObjects.PortRange> range, uint offset, uint widthBytes, uint value);

    /// <summary>Allocates zeroed, physically contiguous memory that the function can reach. The alignment is a power of two.</summary>
    [KeepsMonitor]
    CallResult<DmaBufferDescription> AllocateDmaBuffer(Handle<TrackedObjects.Device> device, uint lengthBytes, uint alignmentBytes);

    /// <summary>Opens the function's interrupt line; from then on <see cref="IInterruptSink.OnInterrupt"/> is called, or for a network device
    /// <see cref="INetworkDevice.Exchange"/>, or for one with disks <see cref="IBlockDevice.Exchange"/>.</summary>
    CallResult<Handle<TrackedObjects.InterruptLine>> OpenInterruptLine(Handle<TrackedObjects.Device> device);

    /// <summary>
    /// Gives back hardware, a timer or a lock of the caller, named by slot and generation. <see cref="CallStatus.Busy"/> while the caller
    /// holds parts of it: windows, ports, buffers and the line of a device.
    /// </summary>
    CallResult Release(uint slot, uint generation);

    /// <summary>
    /// Reads the function's configuration space. The width is 1, 2 or 4 bytes, and the offset, below 256, a multiple of it.
    /// </summary>
    [KeepsMonitor]
    CallResult<uint> ReadConfiguration(Handle<TrackedObjects.Device> device, uint offsetBytes, uint widthBytes);
}
