using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to a network driver.</summary>
[Contract(7, CallDirection.ExtensionToKernel)]
public interface INetworkDeviceHost
{
    /// <summary>Registers the caller as the driver of a network device.</summary>
    CallResult<Handle<TrackedObjects.NetworkDevice>> Register(MacAddress address, uint maximumTransmissionUnitBytes);

    /// <summary>Hands over received frames, a <see cref="PacketBatch"/>. Returns how many were taken.</summary>
    CallResult<uint> Receive(
        Handle<TrackedObjects.NetworkDevice> device, [MaximumLength(PacketBatch.MaximumBytes)] ReadOnlySpan<byte> batch);

    /// <summary>Says that so many queued frames have left the device (or were given up, which the counters tell apart).</summary>
    CallResult TransmitCompleted(Handle<TrackedObjects.NetworkDevice> device, uint frames);

    /// <summary>Says that the link changed.</summary>
    CallResult LinkChanged(Handle<TrackedObjects.NetworkDevice> device, LinkState link);
}
