using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;

namespace NooksOS.Drivers.E1000;

/// <summary>What is particular to the 82540EM and 82545EM, and to QEMU's model of them.</summary>
internal sealed class E1000Hardware(RegisterWindow registers, IExtensionServices services) : IntelHardware(registers, services)
{
    private const long EepromReloadNanoseconds = 5_000_000;

    /// <inheritdoc/>
    public override EepromFormat Eeprom => new(Done: 1u << 4, AddressShift: 8);

    /// <summary>
    /// Gives the device every descriptor. Frames that came while nobody was here wait in QEMU's network layer. A write of the
    /// tail makes it deliver them if there are descriptors, even to a device that is off the bus, and so does the permission to
    /// use the bus, even to a device without descriptors; either way they would be lost. So the tail is written while it equals
    /// the head, and then the head, which delivers nothing: the frames come in with the bus.
    /// </summary>
    public override void PrepareReception(IntelReceiveRing ring, ReceiveFilter filter)
    {
        Write(IntelRegister.ReceiveDescriptorHead, ring.Tail);
        Write(IntelRegister.ReceiveDescriptorTail, ring.Tail);
        Write(IntelRegister.ReceiveDescriptorHead, ring.Next);
    }

    /// <summary>
    /// Enables the receiver, unless it still is: QEMU's model is deaf for 1000 ms after each write of RCTL, even of the same
    /// value, and that would be most of the time that a restart of the driver takes.
    /// </summary>
    public override void StartReception(IntelReceiveRing ring, ReceiveFilter filter) => SetReceiveControl(filter);

    /// <inheritdoc/>
    protected override DeviceControl ChooseControl(DeviceControl control)
        => (control & ~DeviceControl.LinkReset) | DeviceControl.AutoSpeedDetection;

    /// <summary>Nothing tells when it has, so the wait is generous.</summary>
    protected override void WaitForReload() => Wait(EepromReloadNanoseconds);
}
