using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>
/// A transmit queue (virtio 1.2 §5.1.6.2) and its buffers, one for each descriptor, with the header in front of the frame. A
/// device may be done with frames in another order than it was given them; the slots come back in order all the same.
/// </summary>
internal sealed class TransmitQueue(IDeviceResources device, SplitQueue queue)
{
    private readonly TransmitSlots _slots = new(
        device.AllocateDmaBuffer(queue.Size * TransmitSlots.BufferBytes, TransmitSlots.BufferBytes),
        queue.Size,
        queue.Size,
        NetworkHeader.Bytes);

    private readonly bool[] _isDone = new bool[queue.Size];

    /// <summary>The queue.</summary>
    public SplitQueue Queue => queue;

    /// <summary>Frames that the device has and is not done with.</summary>
    public uint Outstanding => _slots.Outstanding;

    /// <summary>Forgets every frame. The device must be at rest.</summary>
    public void Reset()
    {
        queue.Reset();
        _slots.Reset();
        Array.Clear(_isDone);
    }

    /// <summary>
    /// Copies frames of a <see cref="PacketBatch"/> into free slots; the device sees them when the queue is published. Returns how
    /// many there was room for.
    /// </summary>
    public uint Add(ReadOnlySpan<byte> batch)
    {
        uint frames = 0;
        uint before = queue.Outstanding;
        while (_slots.TryFill(ref batch, out uint slot, out ushort lengthBytes))
        {
            _slots.HeadroomOf(slot).Clear();
            queue.Descriptors[(int)slot] = new QueueDescriptor
            {
                Address = _slots.DeviceAddressOf(slot),
                Length = NetworkHeader.Bytes + (uint)lengthBytes,
            };
            queue.Offer((ushort)slot);
            frames++;
        }

        if (frames != 0)
        {
            // One of the new frames, so that it cannot have been sent already.
            queue.RequestInterrupt(uint.Max(MostOf(queue.Outstanding), before + 1));
        }

        return frames;
    }

    /// <summary>Takes back the slots that the device is done with, oldest first.</summary>
    public TransmitOutcome Reclaim()
    {
        while (TryPeek(out ushort slot))
        {
            queue.Take(slot);
            _isDone[slot] = true;
        }

        while (_slots.Outstanding != 0 && _isDone[_slots.Oldest])
        {
            _isDone[_slots.Oldest] = false;
            _slots.Complete(wasSent: true);
        }

        return _slots.TakeOutcome();
    }

    /// <summary>Takes back every slot, sent or not. The device must be at rest.</summary>
    public TransmitOutcome GiveUp() => _slots.GiveUp();

    // An interrupt for each frame would be too many, and one for the last would let the queue run empty. At least 1, and no more
    // than all.
    private static uint MostOf(uint frames) => (frames * 3 / 4) + 1;

    /// <summary>Looks at the next frame that was sent. If there is none, the device is asked to interrupt for most of the rest.</summary>
    private bool TryPeek(out ushort slot)
    {
        if (queue.TryPeek(out slot, out _))
        {
            return true;
        }

        uint outstanding = queue.Outstanding;
        if (outstanding == 0)
        {
            return false;
        }

        queue.RequestInterrupt(MostOf(outstanding));
        return queue.TryPeek(out slot, out _);
    }
}
