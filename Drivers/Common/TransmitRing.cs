using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// Transmit descriptors in a ring, and their buffers. The format of the descriptors is all that differs from one family of devices
/// to the next. Touches no register. Of what the device writes only the status of the oldest outstanding slot is looked at.
/// </summary>
/// <param name="descriptors">The descriptors.</param>
/// <param name="buffers">A buffer of <see cref="TransmitSlots.BufferBytes"/> for each slot.</param>
/// <param name="slotCount">How many slots there are, a power of two.</param>
/// <param name="usableSlots">How many of them the device may have at once.</param>
public abstract class TransmitRing(DmaBuffer descriptors, DmaBuffer buffers, uint slotCount, uint usableSlots)
{
    private readonly TransmitSlots _slots = new(buffers, slotCount, usableSlots);

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DeviceAddress => descriptors.DeviceAddress;

    /// <summary>Frames that the device has and is not done with.</summary>
    public uint Outstanding => _slots.Outstanding;

    /// <summary>The slot that is filled next: one past the last that the device is to send.</summary>
    public uint Next => _slots.Next;

    /// <summary>The descriptors.</summary>
    protected DmaBuffer Descriptors => descriptors;

    /// <summary>Takes every slot from the device, which must be at rest, forgets every frame and starts over at slot 0.</summary>
    public void Reset()
    {
        _slots.Reset();
        ClearDescriptors();
    }

    /// <summary>Copies frames of a <see cref="PacketBatch"/> into free slots. Returns how many there was room for.</summary>
    public uint Queue(ReadOnlySpan<byte> batch)
    {
        uint frames = 0;
        while (_slots.TryFill(ref batch, out uint slot, out ushort lengthBytes))
        {
            Arm(slot, _slots.DeviceAddressOf(slot), lengthBytes);
            frames++;
        }

        return frames;
    }

    /// <summary>Takes back the slots that the device is done with, oldest first.</summary>
    public TransmitOutcome Reclaim()
    {
        while (_slots.Outstanding != 0 && IsDone(_slots.Oldest, out bool wasSent))
        {
            _slots.Complete(wasSent);
        }

        return _slots.TakeOutcome();
    }

    /// <summary>Takes back every slot, sent or not. The device must be at rest.</summary>
    public TransmitOutcome GiveUp() => _slots.GiveUp();

    /// <summary>Writes all descriptors so that none is the device's.</summary>
    protected abstract void ClearDescriptors();

    /// <summary>Writes a slot's descriptor, and then lets the device have it.</summary>
    protected abstract void Arm(uint slot, ulong bufferAddress, ushort lengthBytes);

    /// <summary>Whether the device says that it is done with a slot, and then whether it says that it has sent the frame.</summary>
    protected abstract bool IsDone(uint slot, out bool wasSent);
}
