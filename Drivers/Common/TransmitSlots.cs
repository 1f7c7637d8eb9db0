using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// The buffers that a device sends from, in the order in which it sends them. Every slot has a buffer of its own for good; it is
/// the device's from <see cref="TryFill"/> until <see cref="Complete"/>. Which of the slots the device is done with is for the
/// ring to find out.
/// </summary>
/// <param name="buffers">A buffer for each slot.</param>
/// <param name="slotCount">A power of two.</param>
/// <param name="usableSlots">How many of them the device may have at once.</param>
/// <param name="headroomBytes">What a device wants to find in front of each frame.</param>
public sealed class TransmitSlots(DmaBuffer buffers, uint slotCount, uint usableSlots, int headroomBytes = 0)
{
    /// <summary>Length of a slot's buffer: the least power of two that holds any frame.</summary>
    public const uint BufferBytes = 2048;

    // IEEE 802.3 minimum without frame check sequence. Padding here keeps what an earlier frame left in the buffer off the wire.
    private const int MinimumFrameBytes = 60;

    private readonly ushort[] _lengths = new ushort[slotCount];

    // Not modulo the slot count, so that a full ring differs from an empty one.
    private uint _filled;
    private uint _completed;
    private TransmitOutcome _outcome;

    /// <summary>Frames that the device has.</summary>
    public uint Outstanding => _filled - _completed;

    /// <summary>The slot that was filled first of those that the device has.</summary>
    public uint Oldest => _completed % slotCount;

    /// <summary>The slot that is filled next.</summary>
    public uint Next => _filled % slotCount;

    /// <summary>Where the device finds a slot's buffer.</summary>
    public ulong DeviceAddressOf(uint slot) => buffers.DeviceAddress + (slot * BufferBytes);

    /// <summary>What is in front of a slot's frame, where its buffer begins.</summary>
    public Span<byte> HeadroomOf(uint slot) => BufferOf(slot)[..headroomBytes];

    /// <summary>Forgets every frame and starts over at slot 0. The device must be at rest.</summary>
    public void Reset()
    {
        _filled = 0;
        _completed = 0;
        _outcome = default;
    }

    /// <summary>
    /// Copies the next frame of a <see cref="PacketBatch"/> into <see cref="Next"/>, whose index is returned, and pads it.
    /// False if no slot is free or no frame is left.
    /// </summary>
    public bool TryFill(ref ReadOnlySpan<byte> batch, out uint slot, out ushort lengthBytes)
    {
        slot = Next;
        lengthBytes = 0;
        if (Outstanding == usableSlots || !PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
        {
            return false;
        }

        Span<byte> buffer = BufferOf(slot)[headroomBytes..];
        frame.CopyTo(buffer);
        _lengths[slot] = (ushort)frame.Length;
        lengthBytes = (ushort)frame.Length;
        if (lengthBytes < MinimumFrameBytes)
        {
            buffer[lengthBytes..MinimumFrameBytes].Clear();
            lengthBytes = MinimumFrameBytes;
        }

        _filled++;
        return true;
    }

    /// <summary>Takes <see cref="Oldest"/> back from the device. There must be one.</summary>
    public void Complete(bool wasSent)
    {
        _outcome = wasSent
            ? _outcome with { Frames = _outcome.Frames + 1, Bytes = _outcome.Bytes + _lengths[Oldest] }
            : _outcome with { Frames = _outcome.Frames + 1, Errors = _outcome.Errors + 1 };
        _completed++;
    }

    /// <summary>What was completed since it was last asked.</summary>
    public TransmitOutcome TakeOutcome()
    {
        TransmitOutcome outcome = _outcome;
        _outcome = default;
        return outcome;
    }

    /// <summary>Takes back every slot, sent or not. The device must be at rest.</summary>
    public TransmitOutcome GiveUp()
    {
        while (Outstanding != 0)
        {
            Complete(wasSent: false);
        }

        return TakeOutcome();
    }

    private Span<byte> BufferOf(uint slot) => buffers.Bytes.Slice((int)(slot * BufferBytes), (int)BufferBytes);
}
