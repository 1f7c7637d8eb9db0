using System;

namespace NooksOS.Drivers.Es1371;

/// <summary>"Sample Rate Converter Interface Register": the address of a cell in bits 25 to 31, its data in bits 0 to 15.</summary>
[Flags]
internal enum ConverterPort : uint
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>Together with the two bits above and <see cref="Busy"/> the state of the converter; one where data can be read.</summary>
    StateReady = 1 << 16,

    /// <summary>The bits of the state.</summary>
    StateMask = 0x0087_0000,

    /// <summary>DIS_R1: the converter leaves the ADC alone.</summary>
    HoldAdc = 1 << 19,

    /// <summary>DIS_P2: the converter leaves DAC2 alone.</summary>
    HoldDac2 = 1 << 20,

    /// <summary>DIS_P1: the converter leaves DAC1 alone.</summary>
    HoldDac1 = 1 << 21,

    /// <summary>SRC_DISABLE: the converter stands still.</summary>
    Disable = 1 << 22,

    /// <summary>SRC_RAM_BUSY: an access is under way.</summary>
    Busy = 1 << 23,

    /// <summary>SRC_RAM_WE: the access writes.</summary>
    Write = 1 << 24,

    /// <summary>What an access must leave as it is.</summary>
    Kept = HoldAdc | HoldDac2 | HoldDac1 | Disable,
}

/// <summary>"Codec Read/Write Register": the address in bits 16 to 22, data in bits 0 to 15.</summary>
[Flags]
internal enum CodecPort : uint
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>PIRD: the access reads.</summary>
    Read = 1 << 23,

    /// <summary>WIP: an access is under way.</summary>
    Busy = 1 << 30,

    /// <summary>RDY: data that was asked for is there.</summary>
    Ready = 1u << 31,
}

/// <summary>Cells of the converter's memory: four for each channel from its first one on, and two of volume for each.</summary>
internal enum ConverterCell : uint
{
    /// <summary>Volume of the ADC, left; the right one follows.</summary>
    AdcVolume = 0x6C,

    /// <summary>DAC1.</summary>
    Dac1 = 0x70,

    /// <summary>DAC2.</summary>
    Dac2 = 0x74,

    /// <summary>The ADC.</summary>
    Adc = 0x78,

    /// <summary>Volume of DAC1.</summary>
    Dac1Volume = 0x7C,

    /// <summary>Volume of DAC2.</summary>
    Dac2Volume = 0x7E,

    /// <summary>One more than the last.</summary>
    End = 0x80,
}

/// <summary>What a channel's cells are, counted from its first one.</summary>
internal enum ChannelCell : uint
{
    /// <summary>TRUNC_N: how many samples are truncated, in bits 4 to 9.</summary>
    Truncation = 0,

    /// <summary>INT_REGS: whole part of the frequency in bits 10 to 15.</summary>
    Whole = 1,

    /// <summary>VFREQ_FRAC: fraction of the frequency in 15 bits.</summary>
    Fraction = 3,
}

/// <summary>Registers of an AC'97 codec, "Audio Codec '97" revision 2.3 section 5.7.</summary>
internal enum CodecRegister : uint
{
    /// <summary>Reset: any write resets.</summary>
    Reset = 0x00,

    /// <summary>Master volume: steps of 1.5 dB in bits 0 to 4 and 8 to 12, bit 15 mutes.</summary>
    Master = 0x02,

    /// <summary>PCM out volume: the same with 8 for unchanged.</summary>
    PcmOut = 0x18,
}
