using System;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>
/// Byte offsets in the register window. Section names are those of AMD's "Am79C970A PCnet-PCI II" data sheet, publication
/// 19436. The device maps them in one of two ways, "word" and "double word I/O mode"; the driver uses the second one.
/// </summary>
internal enum WindowOffset : uint
{
    /// <summary>APROM: the station address, and more that the driver does not need.</summary>
    AddressRom = 0x00,

    /// <summary>
    /// RDP: the control and status register that the address port names. A write of 32 bits in word mode has the device change
    /// to double word mode instead.
    /// </summary>
    DataPort = 0x10,

    /// <summary>RESET in word mode. Reading it, as 16 bits, resets.</summary>
    WordReset = 0x14,

    /// <summary>RAP: which register the data ports stand for.</summary>
    AddressPort = 0x14,

    /// <summary>RESET in double word mode. Reading it resets.</summary>
    Reset = 0x18,

    /// <summary>BDP: the bus configuration register that the address port names.</summary>
    BusDataPort = 0x1C,

    /// <summary>Length of the window.</summary>
    End = 0x20,
}

/// <summary>Control and status registers (CSR), "User Accessible Registers". 16 bits each.</summary>
internal enum ControlRegister : uint
{
    /// <summary>CSR0: a <see cref="ControllerStatus"/>.</summary>
    ControllerStatus = 0,

    /// <summary>CSR1: low half of the address of the initialization block. Only while stopped.</summary>
    InitializationAddressLow = 1,

    /// <summary>CSR2: high half.</summary>
    InitializationAddressHigh = 2,

    /// <summary>CSR3: an <see cref="InterruptMasks"/>.</summary>
    InterruptMasks = 3,

    /// <summary>CSR4: a <see cref="Features"/>.</summary>
    Features = 4,

    /// <summary>CSR5: an <see cref="ExtendedControl"/>.</summary>
    ExtendedControl = 5,

    /// <summary>CSR8 to CSR11: the logical address filter, lowest bits first. Only while stopped or suspended.</summary>
    LogicalAddressFilter = 8,

    /// <summary>CSR15: a <see cref="Mode"/>. Only while stopped or suspended.</summary>
    Mode = 15,

    /// <summary>CSR88: low half of the chip identity.</summary>
    ChipIdentity = 88,

    /// <summary>CSR112: frames for which there was no descriptor; wraps around.</summary>
    MissedFrames = 112,
}

/// <summary>Bus configuration registers (BCR).</summary>
internal enum BusRegister : uint
{
    /// <summary>BCR2: which transceiver is used, and whether APROM can be written.</summary>
    Miscellaneous = 2,

    /// <summary>BCR4: what the link status LED shows. Bit 15 reads as whether it is lit.</summary>
    LinkStatusLed = 4,

    /// <summary>BCR9: full duplex.</summary>
    FullDuplex = 9,

    /// <summary>BCR20: the layout of the initialization block and the descriptors. Only while stopped.</summary>
    SoftwareStyle = 20,
}

/// <summary>CSR0. The causes are cleared by writing ones; INEA is what was written last.</summary>
[Flags]
internal enum ControllerStatus : uint
{
    /// <summary>INIT: reads the initialization block.</summary>
    Initialize = 1u << 0,

    /// <summary>STRT: lets frames pass.</summary>
    Start = 1u << 1,

    /// <summary>STOP: ends all activity, and disables interrupts.</summary>
    Stop = 1u << 2,

    /// <summary>TDMD: there is something to send.</summary>
    TransmitDemand = 1u << 3,

    /// <summary>TXON: the transmitter works.</summary>
    TransmitterOn = 1u << 4,

    /// <summary>RXON: the receiver works.</summary>
    ReceiverOn = 1u << 5,

    /// <summary>INEA: the line may be asserted.</summary>
    InterruptEnable = 1u << 6,

    /// <summary>IDON: the initialization block was read.</summary>
    InitializationDone = 1u << 8,

    /// <summary>TINT: a transmit descriptor is done.</summary>
    TransmitInterrupt = 1u << 9,

    /// <summary>RINT: a receive descriptor is done.</summary>
    ReceiveInterrupt = 1u << 10,

    /// <summary>MERR: no access to memory. The receiver and the transmitter have stopped.</summary>
    MemoryError = 1u << 11,

    /// <summary>MISS: a frame found no descriptor.</summary>
    MissedFrame = 1u << 12,

    /// <summary>CERR: no heartbeat from the transceiver, which modern ones do not give.</summary>
    CollisionError = 1u << 13,

    /// <summary>BABL: the transmitter was on for too long.</summary>
    Babble = 1u << 14,

    /// <summary>Everything that is acknowledged by being written.</summary>
    Causes = InitializationDone | TransmitInterrupt | ReceiveInterrupt | MemoryError | MissedFrame | CollisionError | Babble,
}

/// <summary>CSR3: a set bit keeps its cause from asserting the line.</summary>
[Flags]
internal enum InterruptMasks : uint
{
    /// <summary>DXSUFLO: an underflow loses a frame, but does not stop the transmitter.</summary>
    SurviveUnderflow = 1u << 6,

    /// <summary>IDONM: the driver waits for the initialization itself.</summary>
    InitializationDone = 1u << 8,
}

/// <summary>CSR4.</summary>
[Flags]
internal enum Features : uint
{
    /// <summary>JABM.</summary>
    JabberMask = 1u << 0,

    /// <summary>TXSTRTM.</summary>
    TransmitStartMask = 1u << 2,

    /// <summary>RCVCCOM.</summary>
    CollisionCounterMask = 1u << 4,

    /// <summary>MFCOM.</summary>
    MissedFrameCounterMask = 1u << 8,

    /// <summary>DPOLL: the device looks for frames to send when it is told, and not all the time.</summary>
    NoTransmitPolling = 1u << 12,

    /// <summary>DMAPLUS: bursts as long as the FIFO allows.</summary>
    LongBursts = 1u << 14,

    /// <summary>What the driver uses. Counter overflows and the like assert no line.</summary>
    Used = JabberMask | TransmitStartMask | CollisionCounterMask | MissedFrameCounterMask | NoTransmitPolling | LongBursts,
}

/// <summary>CSR5.</summary>
[Flags]
internal enum ExtendedControl : uint
{
    /// <summary>No bit: everything off.</summary>
    None = 0,

    /// <summary>SPND: a pause in which registers can be changed and the rings stay as they are. Reads as whether it is reached.</summary>
    Suspend = 1u << 0,
}

/// <summary>CSR15, and the first word of the initialization block.</summary>
[Flags]
internal enum Mode : uint
{
    /// <summary>Own address, broadcasts and the logical address filter.</summary>
    Normal = 0,

    /// <summary>PROM: every frame.</summary>
    Promiscuous = 1u << 15,
}

/// <summary>BCR2.</summary>
[Flags]
internal enum Miscellaneous : uint
{
    /// <summary>ASEL: the device finds out which transceiver is connected. APROM cannot be written while its bit is clear.</summary>
    AutoSelect = 1u << 1,
}

/// <summary>BCR4.</summary>
[Flags]
internal enum LinkStatusLed : uint
{
    /// <summary>LNKSTE: the LED shows the link.</summary>
    ShowLink = 1u << 6,

    /// <summary>PSE: short pulses are made longer.</summary>
    StretchPulses = 1u << 7,

    /// <summary>LEDOUT: whether the LED is lit.</summary>
    IsLit = 1u << 15,
}
