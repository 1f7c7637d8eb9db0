using System;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// Byte offsets in the register window (BAR 0) that mean the same in all families. Section numbers are those of Intel's
/// "PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's Manual", revision 4.0.
/// </summary>
internal enum IntelRegister : uint
{
    /// <summary>CTRL, 13.4.1.</summary>
    DeviceControl = 0x0000,

    /// <summary>STATUS, 13.4.2.</summary>
    DeviceStatus = 0x0008,

    /// <summary>EERD, 13.4.4. A write with the start bit makes the device fetch one word. See <see cref="EepromFormat"/>.</summary>
    EepromRead = 0x0014,

    /// <summary>ICR, 13.4.17. Reading clears every cause in the older families, so a cause that is read must be served.</summary>
    InterruptCauseRead = 0x00C0,

    /// <summary>ITR, 13.4.18, in units of 256 ns between interrupts.</summary>
    InterruptThrottling = 0x00C4,

    /// <summary>ICS, 13.4.19. Writing raises causes as if the device had.</summary>
    InterruptCauseSet = 0x00C8,

    /// <summary>IMS, 13.4.20. Writing enables, reading tells what is enabled.</summary>
    InterruptMaskSet = 0x00D0,

    /// <summary>IMC, 13.4.21. Writing disables.</summary>
    InterruptMaskClear = 0x00D8,

    /// <summary>RCTL, 13.4.22.</summary>
    ReceiveControl = 0x0100,

    /// <summary>TCTL, 13.4.33.</summary>
    TransmitControl = 0x0400,

    /// <summary>TIPG, 13.4.34.</summary>
    TransmitInterPacketGap = 0x0410,

    /// <summary>RDBAL, 13.4.25. Aligned to 16 bytes.</summary>
    ReceiveDescriptorBaseLow = 0x2800,

    /// <summary>RDBAH, 13.4.26.</summary>
    ReceiveDescriptorBaseHigh = 0x2804,

    /// <summary>RDLEN, 13.4.27, in bytes, a multiple of 128.</summary>
    ReceiveDescriptorLength = 0x2808,

    /// <summary>RDH, 13.4.28: the descriptor that the device fills next.</summary>
    ReceiveDescriptorHead = 0x2810,

    /// <summary>RDT, 13.4.29: one past the last descriptor that the device may fill. None, if it equals the head.</summary>
    ReceiveDescriptorTail = 0x2818,

    /// <summary>RDTR, 13.4.30.</summary>
    ReceiveDelayTimer = 0x2820,

    /// <summary>RXDCTL, receive descriptor control.</summary>
    ReceiveDescriptorControl = 0x2828,

    /// <summary>RADV, 13.4.31.</summary>
    ReceiveAbsoluteDelayTimer = 0x282C,

    /// <summary>TDBAL, 13.4.36. Aligned to 16 bytes.</summary>
    TransmitDescriptorBaseLow = 0x3800,

    /// <summary>TDBAH, 13.4.37.</summary>
    TransmitDescriptorBaseHigh = 0x3804,

    /// <summary>TDLEN, 13.4.38, in bytes, a multiple of 128.</summary>
    TransmitDescriptorLength = 0x3808,

    /// <summary>TDH, 13.4.39: the descriptor that the device sends next.</summary>
    TransmitDescriptorHead = 0x3810,

    /// <summary>TDT, 13.4.40: one past the last descriptor to send. Writing it starts transmission.</summary>
    TransmitDescriptorTail = 0x3818,

    /// <summary>TIDV, transmit interrupt delay.</summary>
    TransmitDelayTimer = 0x3820,

    /// <summary>TXDCTL, transmit descriptor control.</summary>
    TransmitDescriptorControl = 0x3828,

    /// <summary>TADV, absolute transmit interrupt delay.</summary>
    TransmitAbsoluteDelayTimer = 0x382C,

    /// <summary>CRCERRS, 13.7: frames with a bad checksum.</summary>
    ChecksumErrorCount = 0x4000,

    /// <summary>RXERRC, 13.7: frames with a symbol error.</summary>
    ReceiveErrorCount = 0x400C,

    /// <summary>MPC, 13.7: frames for which there was no room.</summary>
    MissedPacketCount = 0x4010,

    /// <summary>RXCSUM: receive checksum control.</summary>
    ReceiveChecksumControl = 0x5000,

    /// <summary>MTA[0], 13.5.1: 128 words, one bit for each of 4096 hash values.</summary>
    MulticastTable = 0x5200,

    /// <summary>RAL[0], 13.5.2; 16 pairs of RAL and RAH follow each other.</summary>
    ReceiveAddressLow = 0x5400,

    /// <summary>RAH[0], 13.5.3.</summary>
    ReceiveAddressHigh = 0x5404,

    /// <summary>MANC: management control.</summary>
    ManagementControl = 0x5820,
}

/// <summary>CTRL, 13.4.1.</summary>
[Flags]
internal enum DeviceControl : uint
{
    /// <summary>LRST: keeps the link in reset.</summary>
    LinkReset = 1u << 3,

    /// <summary>ASDE: the MAC takes its speed from the PHY.</summary>
    AutoSpeedDetection = 1u << 5,

    /// <summary>SLU: lets the MAC bring the link up.</summary>
    SetLinkUp = 1u << 6,

    /// <summary>ILOS.</summary>
    InvertLossOfSignal = 1u << 7,

    /// <summary>FRCSPD.</summary>
    ForceSpeed = 1u << 11,

    /// <summary>FRCDPLX.</summary>
    ForceDuplex = 1u << 12,

    /// <summary>RST: resets the device but for its PCI configuration. Clears itself.</summary>
    Reset = 1u << 26,

    /// <summary>RFCE.</summary>
    ReceiveFlowControl = 1u << 27,

    /// <summary>TFCE.</summary>
    TransmitFlowControl = 1u << 28,

    /// <summary>VME: takes VLAN tags out of frames.</summary>
    VlanMode = 1u << 30,

    /// <summary>PHY_RST: restarts autonegotiation, which takes the link down for a long time.</summary>
    PhyReset = 1u << 31,
}

/// <summary>STATUS, 13.4.2.</summary>
[Flags]
internal enum DeviceStatus : uint
{
    /// <summary>FD.</summary>
    FullDuplex = 1u << 0,

    /// <summary>LU.</summary>
    LinkUp = 1u << 1,

    /// <summary>SPEED, low bit: 100 Mbit/s.</summary>
    Speed100 = 1u << 6,

    /// <summary>SPEED, high bit: 1000 Mbit/s, whatever the low bit says.</summary>
    Speed1000 = 1u << 7,
}

/// <summary>Causes in ICR, ICS, IMS and IMC, 13.4.17.</summary>
[Flags]
internal enum InterruptCauses : uint
{
    /// <summary>No cause.</summary>
    None = 0,

    /// <summary>TXDW: a descriptor that asked for it was written back.</summary>
    TransmitWrittenBack = 1u << 0,

    /// <summary>LSC.</summary>
    LinkChanged = 1u << 2,

    /// <summary>RXDMT0: few receive descriptors are left.</summary>
    ReceiveMinimum = 1u << 4,

    /// <summary>RXO: a frame found no descriptor.</summary>
    ReceiveOverrun = 1u << 6,

    /// <summary>RXT0: frames were received.</summary>
    ReceiveTimer = 1u << 7,

    /// <summary>Causes that mean that the receive ring wants to be looked at.</summary>
    Receive = ReceiveMinimum | ReceiveOverrun | ReceiveTimer,

    /// <summary>The causes that this driver enables.</summary>
    Served = TransmitWrittenBack | LinkChanged | Receive,

    /// <summary>Every cause there is.</summary>
    All = uint.MaxValue,
}

/// <summary>RCTL, 13.4.22. Buffers of 2048 bytes and the multicast hash of address bits 47:36 are the zero values.</summary>
[Flags]
internal enum ReceiveControl : uint
{
    /// <summary>EN.</summary>
    Enable = 1u << 1,

    /// <summary>UPE: any unicast address.</summary>
    UnicastPromiscuous = 1u << 3,

    /// <summary>MPE: any multicast address.</summary>
    MulticastPromiscuous = 1u << 4,

    /// <summary>BAM: broadcasts.</summary>
    AcceptBroadcast = 1u << 15,

    /// <summary>SECRC: leaves the frame check sequence out.</summary>
    StripChecksum = 1u << 26,
}

/// <summary>TCTL, 13.4.33.</summary>
[Flags]
internal enum TransmitControl : uint
{
    /// <summary>No bit: transmission is off.</summary>
    Off = 0,

    /// <summary>EN.</summary>
    Enable = 1u << 1,

    /// <summary>PSP.</summary>
    PadShortPackets = 1u << 3,

    /// <summary>CT: the 15 retries that IEEE 802.3 asks for.</summary>
    FifteenRetries = 0x0Fu << 4,

    /// <summary>COLD: 64 byte times, for full duplex.</summary>
    CollisionDistance64 = 0x40u << 12,

    /// <summary>RTLC.</summary>
    RetransmitLateCollision = 1u << 24,
}

/// <summary>RAH, 13.5.3.</summary>
[Flags]
internal enum ReceiveAddressHigh : uint
{
    /// <summary>The two last octets of the address.</summary>
    AddressMask = 0xFFFF,

    /// <summary>AV: the pair holds an address.</summary>
    Valid = 1u << 31,
}

/// <summary>MANC.</summary>
[Flags]
internal enum ManagementControl : uint
{
    /// <summary>ARP_EN: the device keeps ARP requests for its management controller.</summary>
    InterceptArp = 1u << 13,
}
