using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// Receive descriptors in a ring, and their buffers. Every slot has a buffer of its own for good; which slots are the device's is
/// for the descriptors to say, whose format is all that differs from one family of devices to the next.
/// Touches no register. Believes nothing that it reads: a descriptor only ever selects a prefix of its own slot's buffer.
/// </summary>
/// <param name="descriptors">The descriptors.</param>
/// <param name="buffers">A buffer of <see cref="BufferBytes"/> for each slot.</param>
/// <param name="slotCount">How many slots there are.</param>
public abstract class ReceiveRing(DmaBuffer descriptors, DmaBuffer buffers, uint slotCount)
{
    /// <summary>Length of a slot's buffer: the least power of two that holds any frame.</summary>
    public const uint BufferBytes = 2048;

    private uint _next;
    private bool _isSkipping;

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DeviceAddress => descriptors.DeviceAddress;

    /// <summary>The slot that the device fills next.</summary>
    public uint Next => _next;

    /// <summary>The descriptors.</summary>
    protected DmaBuffer Descriptors => descriptors;

    /// <summary>Gives every slot to the device, which must be at rest, and starts over at slot 0.</summary>
    public virtual void Reset()
    {
        _next = 0;
        _isSkipping = false;
        for (uint slot = 0; slot < slotCount; slot++)
        {
            Rearm(slot);
        }
    }

    /// <summary>See <see cref="NetworkController.Receive"/>.</summary>
    public int Drain(ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = 0;
        while (slots < maximumSlots && TryRead(_next, out ReceivedSlot received) && TryTake(ref batch, received))
        {
            Rearm(_next);
            _next = (_next + 1) % slotCount;
            slots++;
        }

        return slots;
    }

    /// <summary>Reads what the device says of a slot. False while it is not done with it.</summary>
    protected abstract bool TryRead(uint slot, out ReceivedSlot received);

    /// <summary>
    /// Writes a slot's whole descriptor, since not even the address in it may be ours any more, and then lets the device have it.
    /// </summary>
    protected abstract void Arm(uint slot, ulong bufferAddress);

    private void Rearm(uint slot) => Arm(slot, buffers.DeviceAddress + (slot * BufferBytes));

    /// <summary>Takes what is in the next slot. False if it must stay there until the next batch.</summary>
    private bool TryTake(ref ReceiveBatch batch, in ReceivedSlot received)
    {
        if (_isSkipping || !received.IsWholeFrame)
        {
            // A frame fits one buffer, so a frame of several is none. It is counted once, where it ends.
            _isSkipping = !received.EndsFrame;
            if (received.EndsFrame)
            {
                batch.CountError();
            }

            return true;
        }

        if (!received.IsGood)
        {
            batch.CountError();
            return true;
        }

        return batch.TryTake(buffers.Bytes.Slice((int)(_next * BufferBytes), (int)BufferBytes), received.FrameBytes);
    }
}
