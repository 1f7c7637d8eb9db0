using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>
/// A receive queue (virtio 1.2 §5.1.6.3) and its buffers. Each descriptor has a buffer of its own for good, long enough for the
/// header that the device puts in front of a frame and any frame. Believes nothing that it reads: a used element only ever
/// selects a part of its own descriptor's buffer.
/// </summary>
internal sealed class ReceiveQueue(IDeviceResources device, SplitQueue queue)
{
    /// <summary>Length of a buffer: the least power of two that holds a header and any frame.</summary>
    public const uint BufferBytes = 2048;

    private readonly DmaBuffer _buffers = device.AllocateDmaBuffer(queue.Size * BufferBytes, BufferBytes);

    /// <summary>The queue.</summary>
    public SplitQueue Queue => queue;

    /// <summary>Offers every buffer; the device sees them when the queue is published. It must be at rest.</summary>
    public void Reset()
    {
        queue.Reset();
        for (ushort slot = 0; slot < queue.Size; slot++)
        {
            Offer(slot);
        }
    }

    /// <summary>See <see cref="NetworkController.Receive"/>. The slots go back to the device when the queue is published.</summary>
    public int Receive(ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = 0;
        while (slots < maximumSlots && TryPeek(out ushort slot, out uint usedBytes))
        {
            // Nothing in the header matters: no feature was agreed on that would give it a meaning.
            ReadOnlySpan<byte> frame = _buffers.Bytes.Slice((int)(slot * BufferBytes), (int)BufferBytes)[NetworkHeader.Bytes..];
            if (usedBytes < NetworkHeader.Bytes)
            {
                batch.CountError();
            }
            else if (!batch.TryTake(frame, usedBytes - NetworkHeader.Bytes))
            {
                break;
            }

            queue.Take(slot);
            Offer(slot);
            slots++;
        }

        return slots;
    }

    /// <summary>Looks at the next frame. If there is none, the device is asked to interrupt for it.</summary>
    private bool TryPeek(out ushort slot, out uint usedBytes)
    {
        if (queue.TryPeek(out slot, out usedBytes))
        {
            return true;
        }

        queue.RequestInterrupt(afterBuffers: 1);
        return queue.TryPeek(out slot, out usedBytes);
    }

    private void Offer(ushort slot)
    {
        queue.Descriptors[slot] = new QueueDescriptor
        {
            Address = _buffers.DeviceAddress + (slot * BufferBytes),
            Length = BufferBytes,
            Flags = DescriptorFlags.Write,
        };
        queue.Offer(slot);
    }
}
