using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.E1000;

/// <summary>
/// The registers of the device and the sequences that the manual prescribes for them. Knows nothing of frames or of the
/// driver's state, and believes nothing that it reads.
/// </summary>
internal sealed class E1000Hardware(RegisterWindow registers, IExtensionServices services)
{
    private const uint ReceiveAddressPairs = 16;
    private const int EepromPolls = 10_000;
    private const int ReadsPerLookAtTheClock = 32;
    private const long ResetNanoseconds = 2_000;
    private const long EepromReloadNanoseconds = 5_000_000;

    // 13.4.34: 10, 8 and 6 byte times, as IEEE 802.3 asks for on copper.
    private const uint CopperInterPacketGap = 10 | (8 << 10) | (6 << 20);

    // Count thresholds in descriptors and write each one back as it is done.
    private const uint WriteBackEachDescriptor = 0x0101_0000;

    // In units of 256 ns: at most 20,000 interrupts a second.
    private const uint InterruptSpacing = 196;

    // Value of a read that no device answered.
    private const uint NoDevice = uint.MaxValue;

    /// <summary>Reads a register.</summary>
    public uint Read(E1000Register register) => registers.Read32((uint)register);

    /// <summary>Enables the interrupts that the driver serves.</summary>
    public void UnmaskInterrupts() => Write(E1000Register.InterruptMaskSet, (uint)InterruptCauses.Served);

    /// <summary>Makes the device deassert its line and keep it so.</summary>
    public void SilenceInterrupts()
    {
        Write(E1000Register.InterruptMaskClear, (uint)InterruptCauses.All);

        // Reading also waits until the write before it has reached the device.
        Read(E1000Register.InterruptCauseRead);
    }

    /// <summary>Reads the causes, which clears them: whoever reads them must serve them.</summary>
    public InterruptCauses ReadCauses() => (InterruptCauses)Read(E1000Register.InterruptCauseRead);

    /// <summary>Has the device raise a cause again, for work that was left.</summary>
    public void RaiseCause(InterruptCauses cause) => Write(E1000Register.InterruptCauseSet, (uint)cause);

    /// <summary>Tells the device of descriptors to send. They must be written before.</summary>
    public void SetTransmitTail(uint tail) => Write(E1000Register.TransmitDescriptorTail, tail);

    /// <summary>Gives the device descriptors to fill. They must be written before.</summary>
    public void SetReceiveTail(uint tail) => Write(E1000Register.ReceiveDescriptorTail, tail);

    /// <summary>Puts the device to rest without a reset: no interrupt, nothing to send, no descriptor to fill.</summary>
    public void Rest()
    {
        SilenceInterrupts();
        Write(E1000Register.TransmitControl, (uint)TransmitControl.Off);

        // Not by way of RCTL: see SetReceiveMode. A receiver without descriptors writes no memory either.
        Write(E1000Register.ReceiveDescriptorTail, Read(E1000Register.ReceiveDescriptorHead));
    }

    /// <summary>
    /// Resets the device from any state, manual section 13.4.1 (RST). The PHY is left alone: to negotiate anew takes seconds.
    /// QEMU's model only clears the bit and keeps its registers, so nothing may count on their reset values.
    /// False if there is no device.
    /// </summary>
    public bool TryReset()
    {
        Rest();
        uint control = Read(E1000Register.DeviceControl);
        if (control == NoDevice)
        {
            return false;
        }

        Write(E1000Register.DeviceControl, (control & ~(uint)DeviceControl.PhyReset) | (uint)DeviceControl.Reset);
        Wait(ResetNanoseconds);
        if (((ReceiveControl)Read(E1000Register.ReceiveControl) & ReceiveControl.Enable) == 0)
        {
            // The device now loads registers from its EEPROM and would overwrite ours. A receiver that is still enabled shows
            // that there was no reset, and nothing to wait for.
            Wait(EepromReloadNanoseconds);
        }

        return true;
    }

    /// <summary>
    /// Reads the station address: from the EEPROM, which a faulty predecessor cannot have changed by a stray register write,
    /// or, where that does not answer, from the first receive address.
    /// </summary>
    public bool TryReadAddress(out MacAddress address)
    {
        address = default;
        if (TryReadEeprom(0, out ushort first) && TryReadEeprom(1, out ushort second) && TryReadEeprom(2, out ushort third))
        {
            address = new MacAddress(first | ((ulong)second << 16) | ((ulong)third << 32));
        }

        if (!IsStationAddress(address))
        {
            uint high = Read(E1000Register.ReceiveAddressHigh) & (uint)ReceiveAddressHigh.AddressMask;
            address = new MacAddress(Read(E1000Register.ReceiveAddressLow) | ((ulong)high << 32));
        }

        return IsStationAddress(address);
    }

    /// <summary>Programs what does not depend on the rings. The device must be at rest.</summary>
    public void Configure(MacAddress address)
    {
        // 14.3. Written only if it must be, because a write may make the MAC look for its link again.
        DeviceControl control = (DeviceControl)Read(E1000Register.DeviceControl);
        DeviceControl wanted = control & ~(DeviceControl.LinkReset | DeviceControl.InvertLossOfSignal | DeviceControl.ForceSpeed
            | DeviceControl.ForceDuplex | DeviceControl.Reset | DeviceControl.ReceiveFlowControl
            | DeviceControl.TransmitFlowControl | DeviceControl.VlanMode | DeviceControl.PhyReset);
        wanted |= DeviceControl.SetLinkUp | DeviceControl.AutoSpeedDetection;
        if (wanted != control)
        {
            Write(E1000Register.DeviceControl, (uint)wanted);
        }

        ManagementControl management = (ManagementControl)Read(E1000Register.ManagementControl);
        Write(E1000Register.ManagementControl, (uint)(management & ~ManagementControl.InterceptArp));

        Write(E1000Register.InterruptThrottling, InterruptSpacing);
        Write(E1000Register.ReceiveDelayTimer, 0);
        Write(E1000Register.ReceiveAbsoluteDelayTimer, 0);
        Write(E1000Register.TransmitDelayTimer, 0);
        Write(E1000Register.TransmitAbsoluteDelayTimer, 0);
        Write(E1000Register.ReceiveChecksumControl, 0);

        for (uint pair = 0; pair < ReceiveAddressPairs; pair++)
        {
            ulong bits = pair == 0 ? address.Bits : 0;
            uint valid = pair == 0 ? (uint)ReceiveAddressHigh.Valid : 0;
            registers.Write32((uint)E1000Register.ReceiveAddressLow + (8 * pair), (uint)bits);
            registers.Write32((uint)E1000Register.ReceiveAddressHigh + (8 * pair), (uint)(bits >> 32) | valid);
        }
    }

    /// <summary>Writes the multicast table.</summary>
    public void SetMulticastTable(MulticastTable table)
    {
        ReadOnlySpan<uint> words = table.Words;
        for (int index = 0; index < words.Length; index++)
        {
            registers.Write32((uint)E1000Register.MulticastTable + (sizeof(uint) * (uint)index), words[index]);
        }
    }

    /// <summary>
    /// Points the device at rings that start at slot 0, manual sections 14.4 and 14.5, and gives it every receive descriptor.
    /// The device must be at rest and off the bus: a model that ignored the reset still has its receiver enabled, and receives
    /// as soon as it is on the bus.
    /// </summary>
    public void SetRings(ReceiveRing receive, TransmitRing transmit)
    {
        Write(E1000Register.ReceiveDescriptorBaseLow, (uint)receive.DeviceAddress);
        Write(E1000Register.ReceiveDescriptorBaseHigh, (uint)(receive.DeviceAddress >> 32));
        Write(E1000Register.ReceiveDescriptorLength, ReceiveRing.DescriptorBytes);
        Write(E1000Register.ReceiveDescriptorControl, WriteBackEachDescriptor);

        // Frames that came while nobody was here wait in QEMU's network layer. A write of the tail makes it deliver them if
        // there are descriptors, even to a device that is off the bus, and so does the permission to use the bus, even to a
        // device without descriptors; either way they would be lost. So the tail is written while it equals the head, and
        // then the head, which delivers nothing: the frames come in with the bus.
        Write(E1000Register.ReceiveDescriptorHead, receive.Tail);
        Write(E1000Register.ReceiveDescriptorTail, receive.Tail);
        Write(E1000Register.ReceiveDescriptorHead, receive.Next);

        Write(E1000Register.TransmitDescriptorBaseLow, (uint)transmit.DeviceAddress);
        Write(E1000Register.TransmitDescriptorBaseHigh, (uint)(transmit.DeviceAddress >> 32));
        Write(E1000Register.TransmitDescriptorLength, TransmitRing.DescriptorBytes);
        Write(E1000Register.TransmitDescriptorHead, 0);
        Write(E1000Register.TransmitDescriptorTail, 0);
        Write(E1000Register.TransmitDescriptorControl, WriteBackEachDescriptor);
        Write(E1000Register.TransmitInterPacketGap, CopperInterPacketGap);
    }

    /// <summary>Enables transmission. The rings must be set, and the device be on the bus.</summary>
    public void EnableTransmission() => Write(
        E1000Register.TransmitControl,
        (uint)(TransmitControl.Enable | TransmitControl.PadShortPackets | TransmitControl.FifteenRetries
            | TransmitControl.CollisionDistance64 | TransmitControl.RetransmitLateCollision));

    /// <summary>
    /// Enables reception of what is wanted. RCTL is written only if it does not hold the value yet: QEMU's model is deaf for
    /// 1000 ms after each write, and that would be most of the time a restart of the driver takes.
    /// </summary>
    public void SetReceiveMode(ReceiveFilter filter)
    {
        ReceiveControl wanted = ReceiveControl.Enable | ReceiveControl.AcceptBroadcast | ReceiveControl.StripChecksum;
        if (filter.IsPromiscuous)
        {
            wanted |= ReceiveControl.UnicastPromiscuous | ReceiveControl.MulticastPromiscuous;
        }
        else if (filter.IsAllMulticast)
        {
            wanted |= ReceiveControl.MulticastPromiscuous;
        }

        if ((ReceiveControl)Read(E1000Register.ReceiveControl) != wanted)
        {
            Write(E1000Register.ReceiveControl, (uint)wanted);
        }
    }

    /// <summary>Reads the link.</summary>
    public LinkState ReadLink()
    {
        uint value = Read(E1000Register.DeviceStatus);
        DeviceStatus status = (DeviceStatus)value;
        if (value == NoDevice || (status & DeviceStatus.LinkUp) == 0)
        {
            return default;
        }

        uint megabits = (status & DeviceStatus.Speed1000) != 0 ? 1000u : (status & DeviceStatus.Speed100) != 0 ? 100u : 10u;
        return new LinkState(true, (status & DeviceStatus.FullDuplex) != 0, megabits);
    }

    private static bool IsStationAddress(MacAddress address) => address.Bits != 0 && !address.IsMulticast;

    /// <summary>Waits, at least so long.</summary>
    private void Wait(long nanoseconds)
    {
        long end = services.MonotonicNanoseconds + nanoseconds;
        while (services.MonotonicNanoseconds < end)
        {
            // A read that crosses the bus takes a good part of a microsecond, and asking for the time is a call to the kernel.
            for (int read = 0; read < ReadsPerLookAtTheClock; read++)
            {
                Read(E1000Register.DeviceStatus);
            }
        }
    }

    /// <summary>Reads a word of the EEPROM, manual section 13.4.4. A word takes some 50 µs on a real device.</summary>
    private bool TryReadEeprom(uint word, out ushort value)
    {
        const int AddressShift = 8;
        const int DataShift = 16;

        value = 0;
        Write(E1000Register.EepromRead, (word << AddressShift) | (uint)EepromRead.Start);
        for (int poll = 0; poll < EepromPolls; poll++)
        {
            uint read = Read(E1000Register.EepromRead);
            if (read == NoDevice)
            {
                return false;
            }

            if ((read & (uint)EepromRead.Done) != 0)
            {
                value = (ushort)(read >> DataShift);
                return true;
            }
        }

        return false;
    }

    private void Write(E1000Register register, uint value) => registers.Write32((uint)register, value);
}
