using System;

namespace NooksOS.Drivers.Es1371;

/// <summary>
/// Offsets in the range of ports, each register of 32 bits. Names are those of Ensoniq's "AudioPCI ES1370" and "AudioPCI 97
/// ES1371" specifications. What has no remark is in both chips.
/// </summary>
internal enum AudioPciRegister : uint
{
    /// <summary>Interrupt/chip select control: a <see cref="ChipControl"/>.</summary>
    Control = 0x00,

    /// <summary>Interrupt/chip select status: a <see cref="ChipStatus"/>.</summary>
    Status = 0x04,

    /// <summary>Which <see cref="MemoryPage"/> is behind the window.</summary>
    MemoryPage = 0x0C,

    /// <summary>ES1370: write port of the AK4531 codec, address in bits 8 to 15 and data in bits 0 to 7.</summary>
    Codec1370 = 0x10,

    /// <summary>ES1371: the sample-rate converter, a <see cref="ConverterPort"/>.</summary>
    Converter = 0x10,

    /// <summary>ES1371: the AC'97 codec, a <see cref="CodecPort"/>.</summary>
    Codec1371 = 0x14,

    /// <summary>Serial interface control: a <see cref="SerialControl"/>.</summary>
    Serial = 0x20,

    /// <summary>DAC2 sample count: frames between two interrupts less one in the low half, those left in the high half.</summary>
    Dac2SampleCount = 0x28,

    /// <summary>Start of the window of four registers, which the memory page selects.</summary>
    Window = 0x30,

    /// <summary>Page <see cref="MemoryPage.Dac"/>: address of the DAC2 buffer.</summary>
    Dac2FrameAddress = 0x38,

    /// <summary>
    /// Page <see cref="MemoryPage.Dac"/>: length of the DAC2 buffer in units of 32 bits less one in the low half, how many of
    /// them were played in the high half. A unit is a frame of two channels of 16 bits.
    /// </summary>
    Dac2FrameCount = 0x3C,

    /// <summary>Length of the range.</summary>
    End = 0x40,
}

/// <summary>What is behind the window.</summary>
internal enum MemoryPage : uint
{
    /// <summary>The frame registers of both DACs.</summary>
    Dac = 0x0C,

    /// <summary>ES1370: the frame registers of the ADC, and of the phantom that the chip writes to.</summary>
    Adc = 0x0D,
}

/// <summary>Interrupt/chip select control.</summary>
[Flags]
internal enum ChipControl : uint
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>SERR_DISABLE: no system error on a failing bus transaction.</summary>
    SystemErrorDisable = 1 << 0,

    /// <summary>ES1370, CDC_EN: the codec runs.</summary>
    CodecEnable = 1 << 1,

    /// <summary>ADC_EN.</summary>
    AdcEnable = 1 << 4,

    /// <summary>DAC2_EN: DAC2 plays.</summary>
    Dac2Enable = 1 << 5,

    /// <summary>DAC1_EN.</summary>
    Dac1Enable = 1 << 6,

    /// <summary>ES1371, SYNC_RES: warm reset of the AC'97 link.</summary>
    LinkReset = 1 << 14,
}

/// <summary>Interrupt/chip select status.</summary>
[Flags]
internal enum ChipStatus : uint
{
    /// <summary>DAC2 asks for service.</summary>
    Dac2 = 1 << 1,

    /// <summary>ES1370, CWRIP: a write to the codec is under way.</summary>
    CodecWriteInProgress = 1 << 8,

    /// <summary>INTR: the line is asserted.</summary>
    Interrupt = 1u << 31,
}

/// <summary>Serial interface control.</summary>
[Flags]
internal enum SerialControl : uint
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>P2SMB: two channels for DAC2.</summary>
    Dac2Stereo = 1 << 2,

    /// <summary>P2SEB: 16 bits for DAC2.</summary>
    Dac2SixteenBits = 1 << 3,

    /// <summary>P2_INTR_EN: DAC2 interrupts when its sample count has run out. Cleared, the interrupt is acknowledged.</summary>
    Dac2InterruptEnable = 1 << 9,

    /// <summary>P2_PAUSE.</summary>
    Dac2Pause = 1 << 12,

    /// <summary>P2_LOOP_SEL: DAC2 stops at the end of its buffer. Cleared, it begins anew.</summary>
    Dac2StopAtEnd = 1 << 14,

    /// <summary>P2_END_INC in bits 19 to 21: bytes from one frame's sample to the next; two for 16 bits.</summary>
    Dac2EndIncrementTwo = 2 << 19,
}
