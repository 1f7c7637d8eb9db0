using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>
/// The registers of the device and the sequences that the data sheet prescribes for them. Knows nothing of frames or of the
/// driver's state, and believes nothing that it reads.
/// </summary>
internal sealed class Rtl8139Hardware(RegisterWindow registers, IExtensionServices services)
{
    /// <summary>The bits of the register that counts the frames which have found no room.</summary>
    public const uint MissedFramesMask = 0xFF_FFFF;

    // A reset takes some microseconds, loading the EEPROM 2 ms.
    private const long CompletionNanoseconds = 10_000_000;

    // More than the longest frame, so that a frame is complete when it begins to be sent, and cannot be interrupted.
    private const byte WholeFrameThreshold = 0x3F;

    // Value of a read that no device answered.
    private const uint NoDevice = uint.MaxValue;

    /// <summary>Whether the chip is an RTL8139C+, and not one of its predecessors.</summary>
    public bool HasDescriptorRings
        => ((TransmitConfiguration)registers.Read32((uint)Rtl8139Register.TransmitConfiguration) & TransmitConfiguration.VersionMask)
            == TransmitConfiguration.VersionCPlus;

    /// <summary>Enables the interrupts that the driver serves.</summary>
    public void UnmaskInterrupts() => Write16(Rtl8139Register.InterruptMask, (ushort)InterruptCauses.Served);

    /// <summary>Makes the device deassert its line and keep it so.</summary>
    public void SilenceInterrupts()
    {
        Write16(Rtl8139Register.InterruptMask, (ushort)InterruptCauses.None);
        Write16(Rtl8139Register.InterruptStatus, (ushort)InterruptCauses.All);

        // Reading also waits until the write before it has reached the device.
        registers.Read16((uint)Rtl8139Register.InterruptStatus);
    }

    /// <summary>Reads the causes and acknowledges them: whoever reads them must serve them.</summary>
    public InterruptCauses TakeCauses()
    {
        ushort causes = registers.Read16((uint)Rtl8139Register.InterruptStatus);
        if (causes != 0)
        {
            Write16(Rtl8139Register.InterruptStatus, causes);
        }

        return (InterruptCauses)causes;
    }

    /// <summary>Puts the device to rest without a reset: no interrupt, nothing to send, nothing to receive.</summary>
    public void Rest()
    {
        Write8(Rtl8139Register.Command, (byte)ChipCommand.Off);
        Write32(Rtl8139Register.TimerInterrupt, 0);
        SilenceInterrupts();
    }

    /// <summary>Resets the device from any state, "CR, RST". False if there is no device.</summary>
    public bool TryReset()
    {
        Rest();

        // QEMU's model keeps it over a reset.
        Write32(Rtl8139Register.ReceiveConfiguration, (uint)ReceiveConfiguration.Nothing);
        Write8(Rtl8139Register.Command, (byte)ChipCommand.Reset);
        return TryWaitUntilClear(Rtl8139Register.Command, (byte)ChipCommand.Reset);
    }

    /// <summary>
    /// Reads the station address, which the device first loads from its EEPROM: a faulty predecessor can have changed the
    /// register by a stray write, but hardly the EEPROM.
    /// </summary>
    public bool TryReadAddress(out MacAddress address)
    {
        const uint HighMask = 0xFFFF;

        address = default;
        Write8(Rtl8139Register.EepromCommand, (byte)EepromCommand.AutoLoad);
        if (!TryWaitUntilClear(Rtl8139Register.EepromCommand, (byte)EepromCommand.ConfigurationWritable))
        {
            return false;
        }

        ulong low = registers.Read32((uint)Rtl8139Register.StationAddress);
        ulong high = registers.Read32((uint)Rtl8139Register.StationAddress + sizeof(uint)) & HighMask;
        address = new MacAddress(low | (high << 32));
        return address.Bits != 0 && !address.IsMulticast;
    }

    /// <summary>Programs the address and the rings, which start at slot 0. The device must be at rest.</summary>
    public void Configure(MacAddress address, Rtl8139ReceiveRing receive, Rtl8139TransmitRing transmit)
    {
        Write8(Rtl8139Register.EepromCommand, (byte)EepromCommand.ConfigurationWritable);
        Write64(Rtl8139Register.StationAddress, address.Bits);
        Write8(Rtl8139Register.EepromCommand, (byte)EepromCommand.Normal);
        Write16(Rtl8139Register.MultipleInterrupts, 0);

        // "C+CR": before everything else that belongs to this mode. The transmit ring's address is lost if it is written first.
        Write16(Rtl8139Register.CPlusCommand, (ushort)(CPlusCommand.TransmitDescriptors | CPlusCommand.ReceiveDescriptors
            | CPlusCommand.MultipleReadWrite | CPlusCommand.DualAddressCycle));
        Write64(Rtl8139Register.UrgentTransmitDescriptors, 0);
        Write64(Rtl8139Register.TransmitDescriptors, transmit.DeviceAddress);
        Write64(Rtl8139Register.ReceiveDescriptors, receive.DeviceAddress);
        Write8(Rtl8139Register.EarlyTransmitThreshold, WholeFrameThreshold);
    }

    /// <summary>Lets frames pass. The device must be configured, and on the bus.</summary>
    public void Start(ReceiveFilter filter)
    {
        Write8(Rtl8139Register.Command, (byte)(ChipCommand.ReceiverOn | ChipCommand.TransmitterOn));
        Write32(
            Rtl8139Register.TransmitConfiguration,
            (uint)(TransmitConfiguration.StandardGap | TransmitConfiguration.Bursts1024));
        SetFilter(filter);
    }

    /// <summary>Enables reception of what is wanted.</summary>
    public void SetFilter(ReceiveFilter filter)
    {
        ReceiveConfiguration configuration = ReceiveConfiguration.StationAddress | ReceiveConfiguration.Broadcast
            | ReceiveConfiguration.Multicast | ReceiveConfiguration.UnlimitedBursts | ReceiveConfiguration.WholeFrames;
        if (filter.IsPromiscuous)
        {
            configuration |= ReceiveConfiguration.AllAddresses;
        }

        Write64(Rtl8139Register.MulticastFilter, MulticastFilter.Of(filter));
        Write32(Rtl8139Register.ReceiveConfiguration, (uint)configuration);
    }

    /// <summary>Tells the device of descriptors to send. They must be written before.</summary>
    public void PollTransmit() => Write8(Rtl8139Register.TransmitPoll, (byte)TransmitPoll.NormalPriority);

    /// <summary>Reads the link.</summary>
    public LinkState ReadLink()
    {
        const byte NoMedium = byte.MaxValue;

        byte value = registers.Read8((uint)Rtl8139Register.MediaStatus);
        MediaStatus status = (MediaStatus)value;
        if (value == NoMedium || (status & MediaStatus.LinkDown) != 0)
        {
            return default;
        }

        bool isSlow = (status & MediaStatus.Speed10) != 0;
        LinkAbility common = (LinkAbility)(registers.Read16((uint)Rtl8139Register.OwnAbility)
            & registers.Read16((uint)Rtl8139Register.PartnerAbility));
        LinkAbility wanted = isSlow ? LinkAbility.FullDuplex10 : LinkAbility.FullDuplex100;
        return new LinkState(true, (common & wanted) != 0, isSlow ? 10u : 100u);
    }

    /// <summary>Reads how many frames have found no room, in 24 bits. False if there is no device.</summary>
    public bool TryReadMissedFrames(out uint frames)
    {
        uint value = registers.Read32((uint)Rtl8139Register.MissedFrames);
        frames = value & MissedFramesMask;
        return value != NoDevice;
    }

    private bool TryWaitUntilClear(Rtl8139Register register, byte bits)
    {
        long end = services.MonotonicNanoseconds + CompletionNanoseconds;
        do
        {
            if ((registers.Read8((uint)register) & bits) == 0)
            {
                return true;
            }
        }
        while (services.MonotonicNanoseconds < end);

        return false;
    }

    private void Write8(Rtl8139Register register, byte value) => registers.Write8((uint)register, value);

    private void Write16(Rtl8139Register register, ushort value) => registers.Write16((uint)register, value);

    private void Write32(Rtl8139Register register, uint value) => registers.Write32((uint)register, value);

    private void Write64(Rtl8139Register register, ulong value)
    {
        registers.Write32((uint)register, (uint)value);
        registers.Write32((uint)register + sizeof(uint), (uint)(value >> 32));
    }
}
