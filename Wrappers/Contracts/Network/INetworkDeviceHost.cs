using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to a network driver.</summary>
[Contract(7, CallDirection.ExtensionToKernel, Version = 2)]
public interface INetworkDeviceHost
{
    /// <summary>Registers the caller, while it starts, as the driver of a network device, which it cannot give back then.</summary>
    CallResult<Handle<TrackedObjects.NetworkDevice>> Register(MacAddress address, uint maximumTransmissionUnitBytes);

    /// <summary>Says that the link changed.</summary>
    CallResult LinkChanged(Handle<TrackedObjects.NetworkDevice> device, LinkState link);
}
