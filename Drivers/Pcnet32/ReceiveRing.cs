using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>
/// The receive descriptors and their buffers. Every slot has a buffer of its own for good; a slot belongs to the device while
/// its descriptor says so.
/// Touches no register. Believes nothing that it reads: a descriptor only ever selects a prefix of its own slot's buffer.
/// </summary>
internal sealed class ReceiveRing(IDeviceResources device)
{
    public const int SlotCountLog = 8;
    public const uint SlotCount = 1u << SlotCountLog;
    public const uint BufferBytes = 2048;
    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 16;

    private const uint FrameLengthMask = 0xFFF;
    private const uint CheckSequenceBytes = 4;

    private readonly DmaBuffer _descriptors = DescriptorField.Allocate(device, DescriptorBytes, DescriptorAlignmentBytes);
    private readonly DmaBuffer _buffers = DescriptorField.Allocate(device, SlotCount * BufferBytes, BufferBytes);
    private uint _next;

    /// <summary>Where the device finds the descriptors.</summary>
    public uint DeviceAddress => (uint)_descriptors.DeviceAddress;

    /// <summary>Gives every slot to the device, which must be at rest, and starts over at slot 0.</summary>
    public void Reset()
    {
        _next = 0;
        Span<ReceiveDescriptor> ring = _descriptors.As<ReceiveDescriptor>();
        for (uint slot = 0; slot < SlotCount; slot++)
        {
            Rearm(ring, slot);
        }
    }

    /// <summary>See <see cref="NetworkController.Receive"/>.</summary>
    public int Drain(ref ReceiveBatch batch, int maximumSlots)
    {
        Span<ReceiveDescriptor> ring = _descriptors.As<ReceiveDescriptor>();
        ReadOnlySpan<byte> storage = _buffers.Bytes;
        int slots = 0;
        while (slots < maximumSlots)
        {
            ref ReceiveDescriptor descriptor = ref ring[(int)_next];

            // The length and the frame are valid only if they are read after the status.
            ReceiveStatus status = (ReceiveStatus)Volatile.Read(ref descriptor.Status);
            if ((status & ReceiveStatus.OwnedByDevice) != 0)
            {
                break;
            }

            if ((status & ReceiveStatus.Error) != 0)
            {
                batch.CountError();
            }
            else
            {
                // Any frame fits one buffer. QEMU's model hands a descriptor over before it writes that the frame ends there,
                // and that before the length; it asserts its line when it has written all. A device that never does so runs
                // out of slots, which is noticed.
                uint reported = descriptor.Length & FrameLengthMask;
                if ((status & ReceiveStatus.EndOfPacket) == 0 || reported == 0)
                {
                    break;
                }

                uint frameBytes = reported < CheckSequenceBytes ? 0 : reported - CheckSequenceBytes;
                if (!batch.TryTake(storage.Slice((int)(_next * BufferBytes), (int)BufferBytes), frameBytes))
                {
                    break;
                }
            }

            Rearm(ring, _next);
            _next = (_next + 1) % SlotCount;
            slots++;
        }

        return slots;
    }

    /// <summary>Writes the whole descriptor: the address in it may not be ours any more.</summary>
    private void Rearm(Span<ReceiveDescriptor> ring, uint slot)
    {
        ref ReceiveDescriptor descriptor = ref ring[(int)slot];
        descriptor.BufferAddress = (uint)_buffers.DeviceAddress + (slot * BufferBytes);
        descriptor.Length = 0;

        // Everything else must be visible before the device sees that the descriptor is its own.
        Volatile.Write(ref descriptor.Status, (uint)ReceiveStatus.OwnedByDevice | DescriptorField.NegativeLength(BufferBytes));
    }
}
