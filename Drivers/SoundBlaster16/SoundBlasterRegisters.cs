using System;

namespace NooksOS.Drivers.SoundBlaster16;

/// <summary>
/// Ports from the first one of the card on, each of 8 bits. Names are those of Creative's "Sound Blaster Series Hardware Programming
/// Guide".
/// </summary>
internal enum SoundBlasterPort : uint
{
    /// <summary>Which <see cref="MixerRegister"/> is behind the next one.</summary>
    MixerAddress = 0x4,

    /// <summary>The register of the mixer.</summary>
    MixerData = 0x5,

    /// <summary>A one and then a zero reset the DSP.</summary>
    Reset = 0x6,

    /// <summary>What the DSP says.</summary>
    ReadData = 0xA,

    /// <summary>Written: commands and their arguments. Read: bit 7 is set while the DSP takes none.</summary>
    WriteCommand = 0xC,

    /// <summary>Bit 7 is set when the DSP has something to say. Reading acknowledges its interrupt for 8 bits.</summary>
    ReadStatus = 0xE,

    /// <summary>Reading acknowledges the interrupt for 16 bits.</summary>
    Acknowledge16 = 0xF,

    /// <summary>One more than the last.</summary>
    End = 0x10,
}

/// <summary>Commands of the DSP, version 4 and later.</summary>
internal enum DspCommand : byte
{
    /// <summary>Sets the rate of what is played: the high byte, then the low one.</summary>
    SetOutputRate = 0x41,

    /// <summary>
    /// Plays 16 bits by DMA that begins anew at its end, through the FIFO: a <see cref="TransferMode"/>, then the samples between two
    /// interrupts less one, the low byte first.
    /// </summary>
    Play16Automatic = 0xB6,

    /// <summary>Turns the speaker on.</summary>
    SpeakerOn = 0xD1,

    /// <summary>Stops the DMA of 16 bits at once.</summary>
    Pause16 = 0xD5,

    /// <summary>Answers its argument with each bit turned over.</summary>
    Identify = 0xE0,

    /// <summary>Answers its version: the whole part, then the fraction.</summary>
    GetVersion = 0xE1,

    /// <summary>Asks for service as DMA of 8 bits does.</summary>
    RequestInterrupt = 0xF2,
}

/// <summary>How samples are laid out.</summary>
[Flags]
internal enum TransferMode : byte
{
    /// <summary>Samples are signed.</summary>
    Signed = 1 << 4,

    /// <summary>There are two channels.</summary>
    Stereo = 1 << 5,
}

/// <summary>Registers of the CT1745 mixer.</summary>
internal enum MixerRegister : byte
{
    /// <summary>Master volume, left: steps of 2 dB in bits 3 to 7, 31 for unchanged.</summary>
    MasterLeft = 0x30,

    /// <summary>Master volume, right.</summary>
    MasterRight = 0x31,

    /// <summary>Volume of the DSP, left: the same.</summary>
    VoiceLeft = 0x32,

    /// <summary>Volume of the DSP, right.</summary>
    VoiceRight = 0x33,

    /// <summary>Interrupt line: bit 1 is line 5.</summary>
    InterruptSetup = 0x80,

    /// <summary>DMA channels: bit 1 is channel 1, bit 5 is channel 5.</summary>
    DmaSetup = 0x81,

    /// <summary>Interrupt status: an <see cref="InterruptSources"/>.</summary>
    InterruptStatus = 0x82,
}

/// <summary>Who asserts the line.</summary>
[Flags]
internal enum InterruptSources : byte
{
    /// <summary>DMA of 8 bits, or MIDI.</summary>
    Dma8 = 1 << 0,

    /// <summary>DMA of 16 bits.</summary>
    Dma16 = 1 << 1,

    /// <summary>What no card says: there is none.</summary>
    NoCard = 0xFF,
}
