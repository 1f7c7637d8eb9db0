using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;

namespace NooksOS.Drivers.E1000E;

/// <summary>
/// What is particular to the 82574L: interrupt causes that are cleared by writing them, a second pair of queues that must stay
/// off, PCI Express, and a firmware that wants to know whether there is a driver. Section numbers are those of its datasheet.
/// </summary>
internal sealed class E1000EHardware(RegisterWindow registers, IExtensionServices services) : IntelHardware(registers, services)
{
    // 10.2.2, CTRL: the device stops to start bus transactions, and STATUS tells when the last has ended.
    private const DeviceControl MasterDisable = (DeviceControl)(1u << 2);
    private const uint MasterEnabled = 1u << 19;

    private const long MasterDisableNanoseconds = 10_000_000;
    private const long EepromReloadNanoseconds = 25_000_000;

    // Taken out of CTRL_EXT: what would take the link away from the PHY, or mask interrupts that nobody asked to mask.
    private const ExtendedControl UnwantedExtendedControl = ExtendedControl.CheckSpeed | ExtendedControl.EepromReset
        | ExtendedControl.BypassSpeed | ExtendedControl.LinkMode | ExtendedControl.ExtendedAutoMask | ExtendedControl.AutoMask;

    /// <inheritdoc/>
    public override EepromFormat Eeprom => new(Done: 1u << 1, AddressShift: 2);

    /// <summary>
    /// Whether reading ICR clears it depends on the masks here (ICR, 10.2.4), so what was read is written back. The same cause
    /// may come again in between and is cleared with it: no harm is done, since it is served only after that.
    /// </summary>
    public override InterruptCauses TakeCauses()
    {
        InterruptCauses causes = base.TakeCauses();
        if (causes != InterruptCauses.None)
        {
            Write(IntelRegister.InterruptCauseRead, (uint)causes);
        }

        return causes;
    }

    /// <inheritdoc/>
    public override void Rest()
    {
        base.Rest();
        Write(E1000ERegisters.SecondReceiveDescriptorLength, 0);
        Write(E1000ERegisters.SecondTransmitDescriptorLength, 0);
        SetExtendedControl(isDriverLoaded: false);
    }

    /// <inheritdoc/>
    public override void Configure(MacAddress address)
    {
        SetExtendedControl(isDriverLoaded: true);
        base.Configure(address);
        Write(E1000ERegisters.ReceiveFilterControl, 0);
        Write(E1000ERegisters.MultipleReceiveQueues, 0);
        Write(E1000ERegisters.TransmitArbitration, (uint)(TransmitArbitration.OnePacket | TransmitArbitration.Enable));
        Write(E1000ERegisters.SecondTransmitArbitration, (uint)TransmitArbitration.OnePacket);
    }

    /// <summary>
    /// Enables the receiver while it has no descriptors. Frames that came while nobody was here wait in QEMU's network layer,
    /// which offers them at each write of RCTL, of the tail and of the permission to use the bus. A receiver that is disabled
    /// then drops them, and one that has descriptors writes them off the bus to nowhere; this one leaves them waiting.
    /// RCTL is always written: the model takes the descriptors' format over when it is.
    /// </summary>
    public override void PrepareReception(IntelReceiveRing ring, ReceiveFilter filter)
    {
        Write(IntelRegister.ReceiveDescriptorHead, ring.Next);
        Write(IntelRegister.ReceiveDescriptorTail, ring.Next);
        Write(IntelRegister.ReceiveControl, (uint)ReceiveControlFor(filter));
    }

    /// <inheritdoc/>
    public override void StartReception(IntelReceiveRing ring, ReceiveFilter filter) => SetReceiveTail(ring.Tail);

    /// <inheritdoc/>
    protected override DeviceControl ChooseControl(DeviceControl control)
        => control & ~(MasterDisable | DeviceControl.AutoSpeedDetection);

    /// <summary>
    /// Master disable: a reset in the middle of a bus transaction could hang the bus. The kernel has taken the device off the
    /// bus already, so one that does not say that it is done is reset all the same.
    /// </summary>
    protected override void PrepareReset()
    {
        uint control = Read(IntelRegister.DeviceControl) & ~(uint)(DeviceControl.PhyReset | DeviceControl.Reset);
        Write(IntelRegister.DeviceControl, control | (uint)MasterDisable);
        WaitFor(IntelRegister.DeviceStatus, MasterEnabled, isSet: false, MasterDisableNanoseconds);
    }

    /// <inheritdoc/>
    protected override void WaitForReload()
        => WaitFor(E1000ERegisters.EepromControl, (uint)EepromControl.AutoReadDone, isSet: true, EepromReloadNanoseconds);

    private void SetExtendedControl(bool isDriverLoaded)
    {
        ExtendedControl control = (ExtendedControl)Read(E1000ERegisters.ExtendedControl) & ~UnwantedExtendedControl;
        control = isDriverLoaded ? control | ExtendedControl.DriverLoaded : control & ~ExtendedControl.DriverLoaded;
        Write(E1000ERegisters.ExtendedControl, (uint)control);
    }
}
