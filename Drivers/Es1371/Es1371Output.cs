using NooksOS.Contracts;
using NooksOS.Drivers.Sound;

namespace NooksOS.Drivers.Es1371;

/// <summary>ES1371: the sample-rate converter and an AC'97 codec.</summary>
internal sealed class Es1371Output(PortWindow ports, IExtensionServices services) : OutputStage
{
    private const long LinkResetNanoseconds = 20_000;
    private const long AccessNanoseconds = 1_000_000;
    private const int AddressShift = 16;
    private const double StepDecibels = 1.5;
    private const uint LastStep = 0x1F;
    private const int LeftShift = 8;
    private const uint Mute = 0x8000;
    private const uint Unchanged = 0x0808;

    private readonly SampleRateConverter _converter = new(ports, services);

    /// <inheritdoc/>
    public override ChipControl Control => ChipControl.SystemErrorDisable;

    /// <inheritdoc/>
    public override bool TryReset()
    {
        ports.Write32((uint)AudioPciRegister.Control, (uint)(Control | ChipControl.LinkReset));
        long end = services.MonotonicNanoseconds + LinkResetNanoseconds;
        while (services.MonotonicNanoseconds < end)
        {
        }

        ports.Write32((uint)AudioPciRegister.Control, (uint)Control);
        return _converter.TryReset() && TryWrite(CodecRegister.Reset, 0);
    }

    /// <inheritdoc/>
    public override void Configure() => TryWrite(CodecRegister.PcmOut, Unchanged);

    /// <inheritdoc/>
    public override void SetVolume(uint volume)
    {
        uint steps = Attenuation.Steps(volume, StepDecibels, LastStep);
        TryWrite(CodecRegister.Master, volume == 0 ? Mute : (steps << LeftShift) | steps);
    }

    private bool TryWrite(CodecRegister register, uint data)
    {
        if (!TryWaitForCodec() || !_converter.TryBeginCodecAccess(out ConverterPort kept))
        {
            return false;
        }

        ports.Write32((uint)AudioPciRegister.Codec1371, ((uint)register << AddressShift) | data);
        _converter.EndCodecAccess(kept);
        return true;
    }

    private bool TryWaitForCodec()
    {
        long end = services.MonotonicNanoseconds + AccessNanoseconds;
        do
        {
            if (((CodecPort)ports.Read32((uint)AudioPciRegister.Codec1371) & CodecPort.Busy) == 0)
            {
                return true;
            }
        }
        while (services.MonotonicNanoseconds < end);

        return false;
    }
}
