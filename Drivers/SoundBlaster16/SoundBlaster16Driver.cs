using NooksOS.Contracts;
using NooksOS.Drivers.Sound;

namespace NooksOS.Drivers.SoundBlaster16;

/// <summary>
/// Driver of Creative's Sound Blaster 16: 16 bits by a DMA channel of the ISA bus that begins anew at the end of its buffer. The
/// channel belongs to the kernel, which programs it and reads how far it is.
/// </summary>
public sealed class SoundBlaster16Driver : SoundDriver
{
    private const uint SixteenBitChannel = 1;

    private ILegacyDeviceResources? _device;

    /// <inheritdoc/>
    protected override SoundController? Attach(IExtensionServices services)
    {
        _device = services.ClaimLegacyDevice(LegacyDeviceKind.SoundBlaster16);
        if (_device is null)
        {
            return null;
        }

        PortWindow ports = _device.OpenPorts();
        DmaChannel channel = _device.OpenDmaChannel(SixteenBitChannel, RingLayout.LengthBytes);
        return ports.LengthBytes < (uint)SoundBlasterPort.End
            ? null
            : new SoundBlasterController(ports, new Dsp(ports, services), channel);
    }

    /// <inheritdoc/>
    protected override void OpenInterruptLine() => _device!.OpenInterruptLine();
}
