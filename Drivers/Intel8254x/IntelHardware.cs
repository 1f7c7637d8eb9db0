using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// The registers of a device and the sequences that the manual prescribes for them, as far as they are the same in all
/// families. Knows nothing of frames or of the driver's state, and believes nothing that it reads.
/// </summary>
internal abstract class IntelHardware(RegisterWindow registers, IExtensionServices services)
{
    // Value of a read that no device answered.
    public const uint NoDevice = uint.MaxValue;

    private const uint ReceiveAddressPairs = 16;
    private const int ReadsPerLookAtTheClock = 32;
    private const long ResetNanoseconds = 2_000;

    // 13.4.34: 10, 8 and 6 byte times, as IEEE 802.3 asks for on copper.
    private const uint CopperInterPacketGap = 10 | (8 << 10) | (6 << 20);

    // Count thresholds in descriptors and write each one back as it is done.
    private const uint WriteBackEachDescriptor = 0x0101_0000;

    // Taken out of CTRL: what would keep the link from following the PHY, flow control, and VLAN tags out of the frames.
    private const DeviceControl UnwantedControl = DeviceControl.InvertLossOfSignal | DeviceControl.ForceSpeed
        | DeviceControl.ForceDuplex | DeviceControl.Reset | DeviceControl.ReceiveFlowControl | DeviceControl.TransmitFlowControl
        | DeviceControl.VlanMode | DeviceControl.PhyReset;

    /// <summary>How the family's EEPROM is read.</summary>
    public abstract EepromFormat Eeprom { get; }

    /// <summary>Asks the EEPROM for a word; EERD tells when it is there.</summary>
    public void StartEepromRead(uint word) => Write(IntelRegister.EepromRead, (word << Eeprom.AddressShift) | EepromFormat.Start);

    /// <summary>Reads a register.</summary>
    public uint Read(IntelRegister register) => registers.Read32((uint)register);

    /// <summary>Enables the interrupts that the driver serves.</summary>
    public void UnmaskInterrupts() => Write(IntelRegister.InterruptMaskSet, (uint)InterruptCauses.Served);

    /// <summary>Makes the device deassert its line and keep it so.</summary>
    public void SilenceInterrupts()
    {
        Write(IntelRegister.InterruptMaskClear, (uint)InterruptCauses.All);

        // Reading also waits until the write before it has reached the device.
        Read(IntelRegister.InterruptCauseRead);
    }

    /// <summary>Reads the causes and clears them: whoever reads them must serve them.</summary>
    public virtual InterruptCauses TakeCauses() => (InterruptCauses)Read(IntelRegister.InterruptCauseRead);

    /// <summary>Says how far apart interrupts are at least, in units of 256 ns.</summary>
    public void SetInterruptSpacing(uint units) => Write(IntelRegister.InterruptThrottling, units);

    /// <summary>Tells the device of descriptors to send. They must be written before.</summary>
    public void SetTransmitTail(uint tail) => Write(IntelRegister.TransmitDescriptorTail, tail);

    /// <summary>Gives the device descriptors to fill. They must be written before.</summary>
    public void SetReceiveTail(uint tail) => Write(IntelRegister.ReceiveDescriptorTail, tail);

    /// <summary>Puts the device to rest without a reset: no interrupt, nothing to send, no descriptor to fill.</summary>
    public virtual void Rest()
    {
        SilenceInterrupts();
        Write(IntelRegister.TransmitControl, (uint)TransmitControl.Off);

        // Not by way of RCTL, after which some models are deaf. A receiver without descriptors writes no memory either.
        Write(IntelRegister.ReceiveDescriptorTail, Read(IntelRegister.ReceiveDescriptorHead));
    }

    /// <summary>
    /// Resets the device from any state, manual section 13.4.1 (RST). The PHY is left alone: to negotiate anew takes seconds.
    /// Models exist that only clear the bit and keep their registers, so nothing may count on their reset values.
    /// False if there is no device.
    /// </summary>
    public bool TryReset()
    {
        Rest();
        PrepareReset();
        uint control = Read(IntelRegister.DeviceControl);
        if (control == NoDevice)
        {
            return false;
        }

        Write(IntelRegister.DeviceControl, (control & ~(uint)DeviceControl.PhyReset) | (uint)DeviceControl.Reset);
        Wait(ResetNanoseconds);
        if (((ReceiveControl)Read(IntelRegister.ReceiveControl) & ReceiveControl.Enable) == 0)
        {
            // The device now loads registers from its EEPROM and would overwrite ours. A receiver that is still enabled shows
            // that there was no reset, and nothing to wait for.
            WaitForReload();
        }

        return true;
    }

    /// <summary>Programs what does not depend on the rings. The device must be at rest.</summary>
    public virtual void Configure(MacAddress address)
    {
        // 14.3. Written only if it must be, because a write may make the MAC look for its link again.
        DeviceControl control = (DeviceControl)Read(IntelRegister.DeviceControl);
        DeviceControl wanted = ChooseControl((control & ~UnwantedControl) | DeviceControl.SetLinkUp);
        if (wanted != control)
        {
            Write(IntelRegister.DeviceControl, (uint)wanted);
        }

        ManagementControl management = (ManagementControl)Read(IntelRegister.ManagementControl);
        Write(IntelRegister.ManagementControl, (uint)(management & ~ManagementControl.InterceptArp));

        SetInterruptSpacing(InterruptSpacing.Initial);
        Write(IntelRegister.ReceiveDelayTimer, 0);
        Write(IntelRegister.ReceiveAbsoluteDelayTimer, 0);
        Write(IntelRegister.TransmitDelayTimer, 0);
        Write(IntelRegister.TransmitAbsoluteDelayTimer, 0);
        Write(IntelRegister.ReceiveChecksumControl, 0);

        for (uint pair = 0; pair < ReceiveAddressPairs; pair++)
        {
            ulong bits = pair == 0 ? address.Bits : 0;
            uint valid = pair == 0 ? (uint)ReceiveAddressHigh.Valid : 0;
            registers.Write32((uint)IntelRegister.ReceiveAddressLow + (8 * pair), (uint)bits);
            registers.Write32((uint)IntelRegister.ReceiveAddressHigh + (8 * pair), (uint)(bits >> 32) | valid);
        }
    }

    /// <summary>Writes the multicast table.</summary>
    public void SetMulticastTable(MulticastTable table)
    {
        ReadOnlySpan<uint> words = table.Words;
        for (int index = 0; index < words.Length; index++)
        {
            registers.Write32((uint)IntelRegister.MulticastTable + (sizeof(uint) * (uint)index), words[index]);
        }
    }

    /// <summary>
    /// Points the device at rings that start at slot 0, manual sections 14.4 and 14.5. The device must be at rest and off the
    /// bus: a model that ignored the reset still has its receiver enabled, and receives as soon as it is on the bus.
    /// </summary>
    public void SetRings(IntelReceiveRing receive, IntelTransmitRing transmit)
    {
        Write(IntelRegister.ReceiveDescriptorBaseLow, (uint)receive.DeviceAddress);
        Write(IntelRegister.ReceiveDescriptorBaseHigh, (uint)(receive.DeviceAddress >> 32));
        Write(IntelRegister.ReceiveDescriptorLength, IntelReceiveRing.DescriptorBytes);
        Write(IntelRegister.ReceiveDescriptorControl, WriteBackEachDescriptor);

        Write(IntelRegister.TransmitDescriptorBaseLow, (uint)transmit.DeviceAddress);
        Write(IntelRegister.TransmitDescriptorBaseHigh, (uint)(transmit.DeviceAddress >> 32));
        Write(IntelRegister.TransmitDescriptorLength, IntelTransmitRing.DescriptorBytes);
        Write(IntelRegister.TransmitDescriptorHead, 0);
        Write(IntelRegister.TransmitDescriptorTail, 0);
        Write(IntelRegister.TransmitDescriptorControl, WriteBackEachDescriptor);
        Write(IntelRegister.TransmitInterPacketGap, CopperInterPacketGap);
    }

    /// <summary>
    /// What of reception is prepared off the bus, once the ring is set. Together with <see cref="StartReception"/> it must let
    /// no frame be lost that waits in an emulator's network layer, and families differ in when that offers such frames.
    /// </summary>
    public abstract void PrepareReception(IntelReceiveRing ring, ReceiveFilter filter);

    /// <summary>What of it is done on the bus; afterwards every descriptor is the device's.</summary>
    public abstract void StartReception(IntelReceiveRing ring, ReceiveFilter filter);

    /// <summary>Enables transmission. The rings must be set, and the device be on the bus.</summary>
    public void StartTransmission() => Write(
        IntelRegister.TransmitControl,
        (uint)(TransmitControl.Enable | TransmitControl.PadShortPackets | TransmitControl.FifteenRetries
            | TransmitControl.CollisionDistance64 | TransmitControl.RetransmitLateCollision));

    /// <summary>Enables reception of what the filter says. RCTL is written only if it does not hold the value yet.</summary>
    public void SetReceiveControl(ReceiveFilter filter)
    {
        ReceiveControl wanted = ReceiveControlFor(filter);
        if ((ReceiveControl)Read(IntelRegister.ReceiveControl) != wanted)
        {
            Write(IntelRegister.ReceiveControl, (uint)wanted);
        }
    }

    /// <summary>Reads the link.</summary>
    public LinkState ReadLink()
    {
        uint value = Read(IntelRegister.DeviceStatus);
        DeviceStatus status = (DeviceStatus)value;
        if (value == NoDevice || (status & DeviceStatus.LinkUp) == 0)
        {
            return default;
        }

        uint megabits = (status & DeviceStatus.Speed1000) != 0 ? 1000u : (status & DeviceStatus.Speed100) != 0 ? 100u : 10u;
        return new LinkState(true, (status & DeviceStatus.FullDuplex) != 0, megabits);
    }

    /// <summary>What RCTL must hold: the receiver enabled, for what the filter says.</summary>
    protected static ReceiveControl ReceiveControlFor(ReceiveFilter filter)
    {
        ReceiveControl control = ReceiveControl.Enable | ReceiveControl.AcceptBroadcast | ReceiveControl.StripChecksum;
        if (filter.IsPromiscuous)
        {
            control |= ReceiveControl.UnicastPromiscuous;
        }

        return filter.IsAllMulticast ? control | ReceiveControl.MulticastPromiscuous : control;
    }

    /// <summary>What the family needs in CTRL or cannot bear there.</summary>
    protected abstract DeviceControl ChooseControl(DeviceControl control);

    /// <summary>What the family wants done before a reset. The device is at rest.</summary>
    protected virtual void PrepareReset()
    {
    }

    /// <summary>Waits until the device has loaded its registers from its EEPROM after a reset.</summary>
    protected abstract void WaitForReload();

    /// <summary>Waits, at least so long.</summary>
    protected void Wait(long nanoseconds)
    {
        long end = services.MonotonicNanoseconds + nanoseconds;
        while (services.MonotonicNanoseconds < end)
        {
            // A read that crosses the bus takes a good part of a microsecond, and asking for the time is a call to the kernel.
            for (int read = 0; read < ReadsPerLookAtTheClock; read++)
            {
                Read(IntelRegister.DeviceStatus);
            }
        }
    }

    /// <summary>Waits until a register has a bit, or has it not, but no longer than so long.</summary>
    protected void WaitFor(IntelRegister register, uint bit, bool isSet, long nanoseconds)
    {
        long end = services.MonotonicNanoseconds + nanoseconds;
        do
        {
            for (int read = 0; read < ReadsPerLookAtTheClock; read++)
            {
                if ((Read(register) & bit) != 0 == isSet)
                {
                    return;
                }
            }
        }
        while (services.MonotonicNanoseconds < end);
    }

    /// <summary>Writes a register.</summary>
    protected void Write(IntelRegister register, uint value) => registers.Write32((uint)register, value);
}
