using NooksOS.Isolation;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Leads interrupts of the network device to the thread that moves its frames: it calls the driver anyway, and one call for both is
/// enough. For as long as it finds work the line stays masked.
/// </summary>
/// <param name="domainId">The domain that the recovery manager knows the driver by.</param>
/// <param name="networkDevice">The shadow of the device.</param>
internal sealed class NetworkInterrupts(uint domainId, NetworkDeviceShadow networkDevice)
{
    private Line? _line;

    /// <summary>Whether that thread serves the line: if it is that of the network device.</summary>
    public bool TryTake(InterruptDelivery delivery)
    {
        if (_line?.Delivery != delivery)
        {
            _line = new Line(delivery);
        }

        return networkDevice.TryTakeLine(domainId, _line);
    }

    private sealed class Line(InterruptDelivery delivery) : IMaskedLine
    {
        public InterruptDelivery Delivery => delivery;

        public bool IsShared => delivery.IsShared;

        public void Release(ulong work) => delivery.Release(work);
    }
}
