using NooksOS.Contracts;
using NooksOS.Drivers.Sound;

namespace NooksOS.Drivers.Es1371;

/// <summary>ES1370: the clock divider that DAC2 shares with the ADC, and Asahi Kasei's AK4531 codec.</summary>
internal sealed class Es1370Output(PortWindow ports, IExtensionServices services) : OutputStage
{
    // DAC2 runs at 1,411,200 Hz / (PCLKDIV + 2), "Interrupt/Chip Select Control Register", bits 16 to 28.
    private const uint DividedHertz = 1_411_200;
    private const int DividerShift = 16;
    private const int AddressShift = 8;

    // A write to the codec takes about 25 us.
    private const long WriteNanoseconds = 1_000_000;

    // AK4531 data sheet, "Control Registers": steps of 2 dB, bit 7 mutes.
    private const double MasterStepDecibels = 2;
    private const uint MasterLastStep = 0x1F;
    private const byte Mute = 0x80;
    private const byte VoiceUnchanged = 0x06;
    private const byte VoiceSwitches = 0x0C;
    private const byte RunClocksFromLink = 0x00;
    private const byte Running = 0x03;

    private enum CodecRegister : byte
    {
        MasterLeft = 0x00,
        MasterRight = 0x01,
        VoiceLeft = 0x02,
        VoiceRight = 0x03,
        OutputSwitch1 = 0x10,
        OutputSwitch2 = 0x11,
        ResetAndPower = 0x16,
        ClockSelect = 0x17,
    }

    /// <inheritdoc/>
    public override ChipControl Control
        => ChipControl.SystemErrorDisable | ChipControl.CodecEnable
            | (ChipControl)(((DividedHertz / SoundFormat.Mix.FramesPerSecond) - 2) << DividerShift);

    /// <inheritdoc/>
    public override bool TryReset() => TryWrite(CodecRegister.ResetAndPower, Running) && TryWrite(CodecRegister.ClockSelect, RunClocksFromLink);

    /// <inheritdoc/>
    public override void Configure()
    {
        TryWrite(CodecRegister.OutputSwitch1, 0);
        TryWrite(CodecRegister.OutputSwitch2, VoiceSwitches);
        TryWrite(CodecRegister.VoiceLeft, VoiceUnchanged);
        TryWrite(CodecRegister.VoiceRight, VoiceUnchanged);
    }

    /// <inheritdoc/>
    public override void SetVolume(uint volume)
    {
        byte steps = volume == 0 ? Mute : (byte)Attenuation.Steps(volume, MasterStepDecibels, MasterLastStep);
        TryWrite(CodecRegister.MasterLeft, steps);
        TryWrite(CodecRegister.MasterRight, steps);
    }

    private bool TryWrite(CodecRegister register, byte value)
    {
        long end = services.MonotonicNanoseconds + WriteNanoseconds;
        while (((ChipStatus)ports.Read32((uint)AudioPciRegister.Status) & ChipStatus.CodecWriteInProgress) != 0)
        {
            if (services.MonotonicNanoseconds >= end)
            {
                return false;
            }
        }

        ports.Write32((uint)AudioPciRegister.Codec1370, ((uint)register << AddressShift) | value);
        return true;
    }
}
