using System;
using NooksOS.Drivers.Intel8254x;

namespace NooksOS.Drivers.E1000E;

/// <summary>
/// Registers that the 82574L has besides those of <see cref="IntelRegister"/>. Section numbers are those of Intel's "82574 GbE
/// Controller Family Datasheet", revision 3.4, whose chapter 10 describes them.
/// </summary>
internal static class E1000ERegisters
{
    /// <summary>EECD, 10.2.2: EEPROM control.</summary>
    public const IntelRegister EepromControl = (IntelRegister)0x0010;

    /// <summary>CTRL_EXT, 10.2.2: extended device control.</summary>
    public const IntelRegister ExtendedControl = (IntelRegister)0x0018;

    /// <summary>RDLEN1, 10.2.5: length of the second receive ring.</summary>
    public const IntelRegister SecondReceiveDescriptorLength = (IntelRegister)0x2908;

    /// <summary>TARC0, 10.2.6: how the first transmit queue competes for the wire, and whether it does at all.</summary>
    public const IntelRegister TransmitArbitration = (IntelRegister)0x3840;

    /// <summary>TDLEN1, 10.2.6: length of the second transmit ring.</summary>
    public const IntelRegister SecondTransmitDescriptorLength = (IntelRegister)0x3908;

    /// <summary>TARC1, 10.2.6: the same as TARC0 for the second transmit queue.</summary>
    public const IntelRegister SecondTransmitArbitration = (IntelRegister)0x3940;

    /// <summary>RFCTL, 10.2.5: receive filter control. Zero means descriptors in the legacy format.</summary>
    public const IntelRegister ReceiveFilterControl = (IntelRegister)0x5008;

    /// <summary>MRQC, 10.2.5: multiple receive queues command. Zero means that everything goes to the first ring.</summary>
    public const IntelRegister MultipleReceiveQueues = (IntelRegister)0x5818;
}

/// <summary>EECD.</summary>
[Flags]
internal enum EepromControl : uint
{
    /// <summary>AUTO_RD: the registers have been loaded from the EEPROM.</summary>
    AutoReadDone = 1u << 9,
}

/// <summary>CTRL_EXT.</summary>
[Flags]
internal enum ExtendedControl : uint
{
    /// <summary>ASDCHK: starts a detection of the speed.</summary>
    CheckSpeed = 1u << 12,

    /// <summary>EE_RST: loads the registers from the EEPROM again.</summary>
    EepromReset = 1u << 13,

    /// <summary>SPD_BYPS: takes the speed from CTRL and not from the PHY.</summary>
    BypassSpeed = 1u << 15,

    /// <summary>LINK_MODE: zero is the internal PHY.</summary>
    LinkMode = 3u << 22,

    /// <summary>EIAME: masks of MSI-X vectors clear themselves.</summary>
    ExtendedAutoMask = 1u << 24,

    /// <summary>IAME: reading ICR masks interrupts.</summary>
    AutoMask = 1u << 27,

    /// <summary>DRV_LOAD: tells the firmware that a driver is in charge.</summary>
    DriverLoaded = 1u << 28,
}

/// <summary>TARC0 and TARC1.</summary>
[Flags]
internal enum TransmitArbitration : uint
{
    /// <summary>COUNT: the value after a reset, one packet at a time.</summary>
    OnePacket = 1u << 0,

    /// <summary>ENABLE: the queue takes part.</summary>
    Enable = 1u << 10,
}
