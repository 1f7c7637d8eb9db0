using System;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>
/// Byte offsets in the register window. Names are those of Realtek's "RTL8139C(L)+" data sheet, revision 1.6, section 6. Each
/// register must be accessed in its own width, which the comment tells.
/// </summary>
internal enum Rtl8139Register : uint
{
    /// <summary>IDR0 to IDR5: the station address. Written as 32 bits, and only while the configuration can be written.</summary>
    StationAddress = 0x00,

    /// <summary>MAR0 to MAR7: the multicast filter, two times 32 bits.</summary>
    MulticastFilter = 0x08,

    /// <summary>TNPDS: address of the transmit descriptors, two times 32 bits, aligned to 256 bytes.</summary>
    TransmitDescriptors = 0x20,

    /// <summary>THPDS: the same for urgent frames, of which there are none.</summary>
    UrgentTransmitDescriptors = 0x28,

    /// <summary>CR, 8 bits: a <see cref="ChipCommand"/>.</summary>
    Command = 0x37,

    /// <summary>IMR, 16 bits: the <see cref="InterruptCauses"/> that assert the line.</summary>
    InterruptMask = 0x3C,

    /// <summary>ISR, 16 bits: <see cref="InterruptCauses"/>, each cleared by writing a one.</summary>
    InterruptStatus = 0x3E,

    /// <summary>TCR, 32 bits: a <see cref="TransmitConfiguration"/>. Only while the transmitter is on.</summary>
    TransmitConfiguration = 0x40,

    /// <summary>RCR, 32 bits: a <see cref="ReceiveConfiguration"/>.</summary>
    ReceiveConfiguration = 0x44,

    /// <summary>MPC, 24 bits read as 32: frames for which there was no room.</summary>
    MissedFrames = 0x4C,

    /// <summary>9346CR, 8 bits: an <see cref="EepromCommand"/>.</summary>
    EepromCommand = 0x50,

    /// <summary>TimerInt, 32 bits: the count at which the timer raises its interrupt; zero for never.</summary>
    TimerInterrupt = 0x54,

    /// <summary>MSR, 8 bits: a <see cref="MediaStatus"/>.</summary>
    MediaStatus = 0x58,

    /// <summary>MULINT, 16 bits: early interrupts, which the driver does not want.</summary>
    MultipleInterrupts = 0x5C,

    /// <summary>ANAR, 16 bits: the <see cref="LinkAbility"/> that is offered to the other end.</summary>
    OwnAbility = 0x66,

    /// <summary>ANLPAR, 16 bits: the <see cref="LinkAbility"/> of the other end.</summary>
    PartnerAbility = 0x68,

    /// <summary>TPPoll, 8 bits: a <see cref="TransmitPoll"/>.</summary>
    TransmitPoll = 0xD9,

    /// <summary>C+CR, 16 bits: a <see cref="CPlusCommand"/>.</summary>
    CPlusCommand = 0xE0,

    /// <summary>RDSAR: address of the receive descriptors, two times 32 bits, aligned to 256 bytes.</summary>
    ReceiveDescriptors = 0xE4,

    /// <summary>ETThR, 8 bits: after how many times 32 bytes a frame begins to be sent.</summary>
    EarlyTransmitThreshold = 0xEC,

    /// <summary>Length of the window.</summary>
    End = 0x100,
}

/// <summary>CR.</summary>
[Flags]
internal enum ChipCommand : byte
{
    /// <summary>No bit: everything off.</summary>
    Off = 0,

    /// <summary>TE.</summary>
    TransmitterOn = 1 << 2,

    /// <summary>RE.</summary>
    ReceiverOn = 1 << 3,

    /// <summary>RST: resets the chip. Clears itself.</summary>
    Reset = 1 << 4,
}

/// <summary>IMR and ISR.</summary>
[Flags]
internal enum InterruptCauses : ushort
{
    /// <summary>No cause.</summary>
    None = 0,

    /// <summary>ROK: a frame was received.</summary>
    Received = 1 << 0,

    /// <summary>RER: a frame was bad.</summary>
    ReceiveError = 1 << 1,

    /// <summary>TOK: a frame was sent.</summary>
    Transmitted = 1 << 2,

    /// <summary>TER: a frame could not be sent.</summary>
    TransmitError = 1 << 3,

    /// <summary>RDU: a frame found no descriptor.</summary>
    NoReceiveDescriptor = 1 << 4,

    /// <summary>LinkChg.</summary>
    LinkChanged = 1 << 5,

    /// <summary>FOVW: the receive FIFO overflowed.</summary>
    ReceiveOverflow = 1 << 6,

    /// <summary>SERR: the bus failed, and the device has stopped.</summary>
    SystemError = 1 << 15,

    /// <summary>Causes that mean that the receive ring wants to be looked at.</summary>
    Receive = Received | ReceiveError | NoReceiveDescriptor | ReceiveOverflow,

    /// <summary>Causes that mean that a frame found no room.</summary>
    Overrun = NoReceiveDescriptor | ReceiveOverflow,

    /// <summary>Causes that mean that the transmit ring wants to be looked at.</summary>
    Transmit = Transmitted | TransmitError,

    /// <summary>The causes that this driver enables.</summary>
    Served = Receive | Transmit | LinkChanged | SystemError,

    /// <summary>Every bit. Some never read as one, so all of them together mean that there is no device.</summary>
    All = ushort.MaxValue,
}

/// <summary>TCR.</summary>
[Flags]
internal enum TransmitConfiguration : uint
{
    /// <summary>MXDMA: bursts of 1024 bytes.</summary>
    Bursts1024 = 6u << 8,

    /// <summary>IFG: the gap between frames that IEEE 802.3 asks for.</summary>
    StandardGap = 3u << 24,

    /// <summary>HWVERID: which chip it is, in two fields. Read only.</summary>
    VersionMask = (0x1Fu << 26) | (0x3u << 22),

    /// <summary>HWVERID of the RTL8139C+.</summary>
    VersionCPlus = (0x1Du << 26) | (0x2u << 22),
}

/// <summary>RCR.</summary>
[Flags]
internal enum ReceiveConfiguration : uint
{
    /// <summary>No bit: nothing is received.</summary>
    Nothing = 0,

    /// <summary>AAP: any unicast address.</summary>
    AllAddresses = 1u << 0,

    /// <summary>APM: the station address.</summary>
    StationAddress = 1u << 1,

    /// <summary>AM: multicast addresses that the filter lets pass.</summary>
    Multicast = 1u << 2,

    /// <summary>AB.</summary>
    Broadcast = 1u << 3,

    /// <summary>MXDMA: bursts without a limit.</summary>
    UnlimitedBursts = 7u << 8,

    /// <summary>RXFTH: a frame is moved to memory when it is complete.</summary>
    WholeFrames = 7u << 13,
}

/// <summary>9346CR, upper two bits.</summary>
internal enum EepromCommand : byte
{
    /// <summary>The configuration cannot be written.</summary>
    Normal = 0,

    /// <summary>Loads the station address and the configuration from the EEPROM, then becomes normal by itself.</summary>
    AutoLoad = 1 << 6,

    /// <summary>The configuration, and the station address, can be written.</summary>
    ConfigurationWritable = 3 << 6,
}

/// <summary>MSR.</summary>
[Flags]
internal enum MediaStatus : byte
{
    /// <summary>LINKB.</summary>
    LinkDown = 1 << 2,

    /// <summary>SPEED_10: 10 Mbit/s, otherwise 100.</summary>
    Speed10 = 1 << 3,
}

/// <summary>ANAR and ANLPAR.</summary>
[Flags]
internal enum LinkAbility : ushort
{
    /// <summary>10FD: full duplex at 10 Mbit/s.</summary>
    FullDuplex10 = 1 << 6,

    /// <summary>TXFD: full duplex at 100 Mbit/s.</summary>
    FullDuplex100 = 1 << 8,
}

/// <summary>TPPoll.</summary>
internal enum TransmitPoll : byte
{
    /// <summary>NPQ: there are descriptors to send.</summary>
    NormalPriority = 1 << 6,
}

/// <summary>C+CR.</summary>
[Flags]
internal enum CPlusCommand : ushort
{
    /// <summary>CPTE: transmit descriptors.</summary>
    TransmitDescriptors = 1 << 0,

    /// <summary>CPRE: receive descriptors.</summary>
    ReceiveDescriptors = 1 << 1,

    /// <summary>MulRW: reads and writes of several words at once.</summary>
    MultipleReadWrite = 1 << 3,

    /// <summary>DAC: addresses of 64 bits.</summary>
    DualAddressCycle = 1 << 4,
}
