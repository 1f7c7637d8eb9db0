using NooksOS.Contracts;
using NooksOS.Drivers.Sound;

namespace NooksOS.Drivers.Es1371;

/// <summary>
/// Driver of Ensoniq's AudioPCI: the ES1370 with an AK4531 codec, which QEMU emulates, and the ES1371 with an AC'97 codec behind a
/// sample-rate converter, which VMware emulates.
/// </summary>
public sealed class Es1371Driver : SoundDriver
{
    private const uint PortBar = 0;
    private const ushort Es1370 = 0x5000;
    private const uint RingAlignmentBytes = 4096;

    private IDeviceResources? _device;

    /// <inheritdoc/>
    protected override SoundController? Attach(IExtensionServices services)
    {
        _device = services.ClaimDevice(DeviceIdentities.All);
        if (_device is null)
        {
            return null;
        }

        // An earlier owner may have left the device with addresses that are no longer its own.
        _device.SetBusMaster(false);
        PortWindow ports = _device.OpenPorts(PortBar);
        DmaBuffer memory = _device.AllocateDmaBuffer(RingLayout.LengthBytes, RingAlignmentBytes);
        if (ports.LengthBytes < (uint)AudioPciRegister.End || memory.DeviceAddress + RingLayout.LengthBytes > uint.MaxValue)
        {
            services.Log("the device has too few ports, or cannot reach its memory");
            return null;
        }

        OutputStage output = _device.Identity.Device == Es1370
            ? new Es1370Output(ports, services)
            : new Es1371Output(ports, services);
        return new AudioPciController(_device, new AudioPciHardware(ports, output), new PlaybackRing(memory));
    }

    /// <inheritdoc/>
    protected override void OpenInterruptLine() => _device!.OpenInterruptLine();
}
