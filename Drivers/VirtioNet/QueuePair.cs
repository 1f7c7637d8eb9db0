using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>A receive queue and the transmit queue of the same number (virtio 1.2 §5.1.2): what one processor would use.</summary>
internal sealed class QueuePair
{
    // More would only hold more frames that are late already.
    private const uint MaximumSlots = 256;

    private QueuePair(ReceiveQueue receive, TransmitQueue transmit)
    {
        Receive = receive;
        Transmit = transmit;
    }

    /// <summary>Receives.</summary>
    public ReceiveQueue Receive { get; }

    /// <summary>Sends.</summary>
    public TransmitQueue Transmit { get; }

    /// <summary>Makes the pair of a device that was just reset. Null if the device has no such queues.</summary>
    public static QueuePair? TryMake(VirtioTransport transport, IDeviceResources device, uint number)
    {
        ushort receiveIndex = (ushort)(2 * number);
        ushort transmitIndex = (ushort)(receiveIndex + 1);
        uint receiveSlots = QueueSizes.Choose(transport.ReadQueueSize(receiveIndex), MaximumSlots);
        uint transmitSlots = QueueSizes.Choose(transport.ReadQueueSize(transmitIndex), MaximumSlots);
        return receiveSlots == 0 || transmitSlots == 0
            ? null
            : new QueuePair(
                new ReceiveQueue(device, new SplitQueue(device, receiveIndex, (ushort)receiveSlots)),
                new TransmitQueue(device, new SplitQueue(device, transmitIndex, (ushort)transmitSlots)));
    }

    /// <summary>Tells a device that is at rest of both queues. False if it cannot have them like that.</summary>
    public bool TryEnable(VirtioTransport transport)
    {
        Receive.Reset();
        Transmit.Reset();
        return transport.TryEnableQueue(Receive.Queue) && transport.TryEnableQueue(Transmit.Queue);
    }
}
