using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>
/// The transmit descriptors. A slot belongs to the device while its descriptor says so.
/// Touches no register. Of what the device writes only the status of the oldest outstanding slot is looked at.
/// </summary>
internal sealed class TransmitRing(IDeviceResources device)
{
    /// <summary>The most that the device can take.</summary>
    public const uint SlotCount = 64;

    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 256;

    private readonly DmaBuffer _descriptors = device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes);

    // One slot stays free: a device that is told of new frames goes on as long as it finds some, and would go round in a ring
    // that is filled again meanwhile.
    private readonly TransmitSlots _slots = new(
        device.AllocateDmaBuffer(SlotCount * TransmitSlots.BufferBytes, TransmitSlots.BufferBytes), SlotCount, SlotCount - 1);

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DeviceAddress => _descriptors.DeviceAddress;

    /// <summary>Frames that the device has and is not done with.</summary>
    public uint Outstanding => _slots.Outstanding;

    /// <summary>Takes every slot from the device, which must be at rest, forgets every frame and starts over at slot 0.</summary>
    public void Reset()
    {
        _slots.Reset();
        Span<TransmitDescriptor> ring = _descriptors.As<TransmitDescriptor>();
        ring.Clear();
        ring[(int)SlotCount - 1].Status = (uint)TransmitStatus.EndOfRing;
    }

    /// <summary>Copies frames of a <see cref="PacketBatch"/> into free slots. Returns how many there was room for.</summary>
    public uint Queue(ReadOnlySpan<byte> batch)
    {
        Span<TransmitDescriptor> ring = _descriptors.As<TransmitDescriptor>();
        uint frames = 0;
        while (_slots.TryFill(ref batch, out uint slot, out ushort lengthBytes))
        {
            ref TransmitDescriptor descriptor = ref ring[(int)slot];
            descriptor.Tag = 0;
            descriptor.BufferAddress = _slots.DeviceAddressOf(slot);
            TransmitStatus status = TransmitStatus.OwnedByDevice | TransmitStatus.FirstSegment | TransmitStatus.LastSegment
                | (slot == SlotCount - 1 ? TransmitStatus.EndOfRing : 0);

            // The frame and its address must be visible before the device sees that the descriptor is its own.
            Volatile.Write(ref descriptor.Status, (uint)status | lengthBytes);
            frames++;
        }

        return frames;
    }

    /// <summary>Takes back the slots that the device is done with, oldest first.</summary>
    public TransmitOutcome Reclaim()
    {
        Span<TransmitDescriptor> ring = _descriptors.As<TransmitDescriptor>();
        while (_slots.Outstanding != 0)
        {
            TransmitStatus status = (TransmitStatus)Volatile.Read(ref ring[(int)_slots.Oldest].Status);
            if ((status & TransmitStatus.OwnedByDevice) != 0)
            {
                break;
            }

            _slots.Complete(wasSent: (status & TransmitStatus.Failed) == 0);
        }

        return _slots.TakeOutcome();
    }

    /// <summary>Takes back every slot, sent or not. The device must be at rest.</summary>
    public TransmitOutcome GiveUp() => _slots.GiveUp();
}
