using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>
/// The receive descriptors and their buffers. Every slot has a buffer of its own for good; a slot belongs to the device while
/// its descriptor says so.
/// Touches no register. Believes nothing that it reads: a descriptor only ever selects a prefix of its own slot's buffer.
/// </summary>
internal sealed class ReceiveRing(IDeviceResources device)
{
    /// <summary>The most that the device can take.</summary>
    public const uint SlotCount = 64;

    public const uint BufferBytes = 2048;
    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 256;

    private const uint FrameLengthMask = 0x1FFF;
    private const uint CheckSequenceBytes = 4;

    private readonly DmaBuffer _descriptors = device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes);
    private readonly DmaBuffer _buffers = device.AllocateDmaBuffer(SlotCount * BufferBytes, BufferBytes);
    private uint _next;
    private bool _isSkipping;

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DeviceAddress => _descriptors.DeviceAddress;

    /// <summary>Gives every slot to the device, which must be at rest, and starts over at slot 0.</summary>
    public void Reset()
    {
        _next = 0;
        _isSkipping = false;
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
            // The frame is valid only if it is read after the status.
            uint word = Volatile.Read(ref ring[(int)_next].Status);
            ReceiveStatus status = (ReceiveStatus)word;
            if ((status & ReceiveStatus.OwnedByDevice) != 0)
            {
                break;
            }

            bool endsHere = (status & ReceiveStatus.LastSegment) != 0;
            if (_isSkipping || (status & ReceiveStatus.WholeFrame) != ReceiveStatus.WholeFrame)
            {
                // A frame fits one buffer, so a frame of several is none. It is counted once, where it ends.
                _isSkipping = !endsHere;
                if (endsHere)
                {
                    batch.CountError();
                }
            }
            else if ((status & ReceiveStatus.Failed) != 0)
            {
                batch.CountError();
            }
            else
            {
                uint reported = word & FrameLengthMask;
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
        descriptor.Tag = 0;
        descriptor.BufferAddress = _buffers.DeviceAddress + (slot * BufferBytes);
        ReceiveStatus status = ReceiveStatus.OwnedByDevice | (slot == SlotCount - 1 ? ReceiveStatus.EndOfRing : 0);

        // Everything else must be visible before the device sees that the descriptor is its own.
        Volatile.Write(ref descriptor.Status, (uint)status | BufferBytes);
    }
}
