using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>
/// Driver of Realtek's RTL8139C+ Ethernet controller in its "C+" mode, with rings of descriptors. Every chip of the family can
/// also be driven in the older way, with one ring of bytes to receive into and four registers to send from. The driver does
/// without, and so without the older chips, because descriptors let each frame have a buffer of its own: whatever the device
/// reports, it can name no other bytes than those; and because 64 frames can be on their way out instead of four, with one
/// register write for a whole batch.
/// </summary>
public sealed class Rtl8139Driver : NetworkDriver
{
    // BAR 0 is the same registers as I/O ports, each access to which would be a call to the kernel.
    private const uint RegisterBar = 1;

    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <inheritdoc/>
    protected override NetworkController? Attach(IExtensionServices services, IDeviceResources device)
    {
        RegisterWindow registers = device.MapRegisterWindow(RegisterBar);
        if (registers.LengthBytes < (uint)Rtl8139Register.End)
        {
            return null;
        }

        Rtl8139Hardware hardware = new(registers, services);
        return hardware.HasDescriptorRings
            ? new Rtl8139Controller(hardware, new Rtl8139ReceiveRing(device), new Rtl8139TransmitRing(device))
            : null;
    }
}
