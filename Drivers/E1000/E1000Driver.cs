using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.E1000;

/// <summary>Driver of Intel's 82540EM and 82545EM Ethernet controllers.</summary>
public sealed class E1000Driver : NetworkDriver
{
    private const uint RegisterBar = 0;

    // The last register that the driver uses; the device itself has 128 KiB.
    private const uint RegisterWindowBytes = (uint)E1000Register.ManagementControl + sizeof(uint);

    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <inheritdoc/>
    protected override NetworkController? Attach(IExtensionServices services, IDeviceResources device)
    {
        RegisterWindow registers = device.MapRegisterWindow(RegisterBar);
        return registers.LengthBytes < RegisterWindowBytes
            ? null
            : new E1000Controller(new E1000Hardware(registers, services), new ReceiveRing(device), new TransmitRing(device));
    }
}
