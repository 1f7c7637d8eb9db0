using NooksOS.Contracts;
using NooksOS.Drivers.Sound;

namespace NooksOS.Drivers.SoundBlaster16;

/// <summary>The card as the shared part of sound drivers sees it: its DSP and mixer joined with a DMA channel of 16 bits.</summary>
internal sealed class SoundBlasterController(PortWindow ports, Dsp dsp, DmaChannel channel) : SoundController
{
    private const byte Line5 = 1 << 1;
    private const byte Channels1And5 = (1 << 1) | (1 << 5);
    private const byte VolumeUnchanged = 31 << VolumeShift;
    private const int VolumeShift = 3;
    private const double StepDecibels = 2;
    private const uint LastStep = 31;

    // Samples, not frames: each channel's count.
    private const uint SamplesPerPeriod = RingLayout.PeriodFrames * 2;

    private uint _mixerUses;

    /// <inheritdoc/>
    public override PlaybackRing Ring { get; } = new(channel.Buffer);

    /// <inheritdoc/>
    public override bool TryReset()
    {
        channel.Stop();
        bool isAttached = dsp.TryAttach();
        if (isAttached)
        {
            Stop();

            // A predecessor may have had the DSP assert the line for a reason of which its status says nothing, such as the end of a silence.
            // That cannot be acknowledged, but what is asked for and acknowledged lets go of the line for both.
            dsp.TryCommand(DspCommand.RequestInterrupt);
            TakeInterrupt();
        }

        return isAttached;
    }

    /// <inheritdoc/>
    public override CallResult<Handle<TrackedObjects.SoundDevice>> Register(ISoundDeviceHost host)
        => host.RegisterStoppedByChannel(channel.Handle);

    /// <inheritdoc/>
    public override void Configure()
    {
        WriteMixer(MixerRegister.InterruptSetup, Line5);
        WriteMixer(MixerRegister.DmaSetup, Channels1And5);
        WriteMixer(MixerRegister.VoiceLeft, VolumeUnchanged);
        WriteMixer(MixerRegister.VoiceRight, VolumeUnchanged);
        uint rate = SoundFormat.Mix.FramesPerSecond;
        dsp.TryCommand(DspCommand.SpeakerOn);
        dsp.TryCommand(DspCommand.SetOutputRate, (byte)(rate >> 8), (byte)rate);
        channel.Rewind();
    }

    /// <inheritdoc/>
    public override void Start()
    {
        // The channel first: the DSP asks it as soon as it has its command.
        channel.Start();
        dsp.TryCommand(
            DspCommand.Play16Automatic,
            (byte)(TransferMode.Signed | TransferMode.Stereo),
            (byte)((SamplesPerPeriod - 1) & byte.MaxValue),
            (byte)((SamplesPerPeriod - 1) >> 8));
    }

    /// <inheritdoc/>
    public override void Stop()
    {
        channel.Stop();
        dsp.TryCommand(DspCommand.Pause16);
    }

    /// <inheritdoc/>
    public override uint ReadOffsetFrames() => channel.ReadPositionBytes() / SoundFormat.Mix.FrameBytes % RingLayout.LengthFrames;

    /// <inheritdoc/>
    public override bool TakeInterrupt()
    {
        InterruptSources sources = (InterruptSources)ReadMixer(MixerRegister.InterruptStatus);
        if (sources == InterruptSources.NoCard)
        {
            return false;
        }

        if ((sources & InterruptSources.Dma8) != 0)
        {
            ports.Read8((uint)SoundBlasterPort.ReadStatus);
        }

        if ((sources & InterruptSources.Dma16) != 0)
        {
            ports.Read8((uint)SoundBlasterPort.Acknowledge16);
        }

        return (sources & (InterruptSources.Dma8 | InterruptSources.Dma16)) != 0;
    }

    /// <inheritdoc/>
    public override void SetVolume(uint volume)
    {
        byte setting = (byte)((LastStep - Attenuation.Steps(volume, StepDecibels, LastStep)) << VolumeShift);
        WriteMixer(MixerRegister.MasterLeft, setting);
        WriteMixer(MixerRegister.MasterRight, setting);
    }

    private byte ReadMixer(MixerRegister register)
    {
        uint use;
        byte value;
        do
        {
            use = SelectMixer(register);
            value = ports.Read8((uint)SoundBlasterPort.MixerData);
        }
        while (use != _mixerUses);
        return value;
    }

    // One thread writes. The other one only asks for the interrupts, so that a value which went astray went to what cannot be written.
    private void WriteMixer(MixerRegister register, byte value)
    {
        uint use;
        do
        {
            use = SelectMixer(register);
            ports.Write8((uint)SoundBlasterPort.MixerData, value);
        }
        while (use != _mixerUses);
    }

    // The mixer has one address for whoever uses it. If another thread has used it before the access that follows was over, both are done again.
    private uint SelectMixer(MixerRegister register)
    {
        uint use = ++_mixerUses;
        ports.Write8((uint)SoundBlasterPort.MixerAddress, (byte)register);
        return use;
    }
}
