using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>
/// The transmit descriptors. A slot belongs to the device while its descriptor says so.
/// Touches no register. Of what the device writes only the status of the oldest outstanding slot is looked at.
/// </summary>
internal sealed class TransmitRing(IDeviceResources device)
{
    public const int SlotCountLog = 7;
    public const uint SlotCount = 1u << SlotCountLog;
    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 16;

    private readonly DmaBuffer _descriptors = DescriptorField.Allocate(device, DescriptorBytes, DescriptorAlignmentBytes);
    private readonly TransmitSlots _slots = new(
        DescriptorField.Allocate(device, SlotCount * TransmitSlots.BufferBytes, TransmitSlots.BufferBytes), SlotCount, SlotCount);

    /// <summary>Where the device finds the descriptors.</summary>
    public uint DeviceAddress => (uint)_descriptors.DeviceAddress;

    /// <summary>Frames that the device has and is not done with.</summary>
    public uint Outstanding => _slots.Outstanding;

    /// <summary>Takes every slot from the device, which must be at rest, forgets every frame and starts over at slot 0.</summary>
    public void Reset()
    {
        _slots.Reset();
        Span<TransmitDescriptor> ring = _descriptors.As<TransmitDescriptor>();
        for (uint slot = 0; slot < SlotCount; slot++)
        {
            // The device looks at all of them and takes those without a possible length for none.
            ring[(int)slot] = new TransmitDescriptor { Status = DescriptorField.NegativeLength(TransmitSlots.BufferBytes) };
        }
    }

    /// <summary>Copies frames of a <see cref="PacketBatch"/> into free slots. Returns how many there was room for.</summary>
    public uint Queue(ReadOnlySpan<byte> batch)
    {
        Span<TransmitDescriptor> ring = _descriptors.As<TransmitDescriptor>();
        uint frames = 0;
        while (_slots.TryFill(ref batch, out uint slot, out ushort lengthBytes))
        {
            ref TransmitDescriptor descriptor = ref ring[(int)slot];
            descriptor.BufferAddress = (uint)_slots.DeviceAddressOf(slot);
            descriptor.Errors = 0;
            TransmitStatus status = TransmitStatus.OwnedByDevice | TransmitStatus.StartOfPacket | TransmitStatus.EndOfPacket;

            // The frame and its address must be visible before the device sees that the descriptor is its own.
            Volatile.Write(ref descriptor.Status, (uint)status | DescriptorField.NegativeLength(lengthBytes));
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

            _slots.Complete(wasSent: (status & TransmitStatus.Error) == 0);
        }

        return _slots.TakeOutcome();
    }

    /// <summary>Takes back every slot, sent or not. The device must be at rest.</summary>
    public TransmitOutcome GiveUp() => _slots.GiveUp();
}
