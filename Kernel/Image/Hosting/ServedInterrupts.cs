using NooksOS.Isolation;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Leads interrupts of network cards and disks to the thread that calls their drivers: it calls them anyway, and one call for both is
/// enough. Until it has done so, and for as long as it finds work on a network card, the line stays masked.
/// </summary>
/// <param name="domainId">The domain that the recovery manager knows the driver by.</param>
/// <param name="networkDevice">The shadow of the network card.</param>
/// <param name="blocks">The shadow of the disks.</param>
internal sealed class ServedInterrupts(uint domainId, NetworkDeviceShadow networkDevice, BlockShadow blocks)
{
    private Line? _line;

    /// <summary>Whether such a thread serves the line: if it is that of the network card, or of a disk that is in use.</summary>
    public bool TryTake(InterruptDelivery delivery)
    {
        if (_line?.Delivery != delivery)
        {
            _line = new Line(delivery);
        }

        return networkDevice.TryTakeLine(domainId, _line) || blocks.TryTakeLine(domainId, _line);
    }

    private sealed class Line(InterruptDelivery delivery) : IMaskedLine
    {
        public InterruptDelivery Delivery => delivery;

        public bool IsShared => delivery.IsShared;

        public void Release(ulong work) => delivery.Release(work);
    }
}
