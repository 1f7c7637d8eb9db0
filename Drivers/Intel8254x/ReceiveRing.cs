using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// The receive descriptors and their buffers. Every slot has a buffer of its own for good; a slot belongs to the device until
/// the device says that it is done with it, and again as soon as the tail register was given <see cref="TakeTail"/>.
/// Touches no register. Believes nothing that it reads: a descriptor only ever selects a prefix of its own slot's buffer.
/// </summary>
internal sealed class ReceiveRing(IDeviceResources device)
{
    public const uint SlotCount = 256;
    public const uint BufferBytes = 2048;
    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 128;

    private readonly DmaBuffer _descriptors = device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes);
    private readonly DmaBuffer _buffers = device.AllocateDmaBuffer(SlotCount * BufferBytes, BufferBytes);
    private uint _next;
    private uint _unreturned;
    private bool _isSkipping;

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DeviceAddress => _descriptors.DeviceAddress;

    /// <summary>The slot that the device fills next.</summary>
    public uint Next => _next;

    /// <summary>
    /// The tail that gives every free slot to the device. One slot stays behind: to the device, a tail equal to the head means
    /// that it has none.
    /// </summary>
    public uint Tail => (_next + SlotCount - 1) % SlotCount;

    /// <summary>Slots that are free and that the device does not know of yet.</summary>
    public uint Unreturned => _unreturned;

    /// <summary>Gives every slot back to the device, which must be at rest, and starts over at slot 0.</summary>
    public void Reset()
    {
        _next = 0;
        _unreturned = 0;
        _isSkipping = false;
        Span<ReceiveDescriptor> ring = _descriptors.As<ReceiveDescriptor>();
        for (uint slot = 0; slot < SlotCount; slot++)
        {
            Rearm(ring, slot);
        }
    }

    /// <summary>The tail for the device, which thereby gets every free slot back.</summary>
    public uint TakeTail()
    {
        _unreturned = 0;
        return Tail;
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

            // The other fields and the frame are valid only if they are read after the status.
            ReceiveStatus status = (ReceiveStatus)Volatile.Read(ref descriptor.Status);
            if ((status & ReceiveStatus.Done) == 0)
            {
                break;
            }

            bool endsHere = (status & ReceiveStatus.EndOfPacket) != 0;
            if (_isSkipping || !endsHere)
            {
                // A frame fits one buffer, so a frame of several is none. It is counted once, where it ends.
                _isSkipping = !endsHere;
                if (endsHere)
                {
                    batch.CountError();
                }
            }
            else if ((descriptor.Errors & ReceiveErrors.Fatal) != 0)
            {
                batch.CountError();
            }
            else if (!batch.TryTake(storage.Slice((int)(_next * BufferBytes), (int)BufferBytes), descriptor.Length))
            {
                break;
            }

            Rearm(ring, _next);
            _next = (_next + 1) % SlotCount;
            _unreturned++;
            slots++;
        }

        return slots;
    }

    /// <summary>Writes the whole descriptor: the address in it may not be ours any more.</summary>
    private void Rearm(Span<ReceiveDescriptor> ring, uint slot)
        => ring[(int)slot] = new ReceiveDescriptor { BufferAddress = _buffers.DeviceAddress + (slot * BufferBytes) };
}
