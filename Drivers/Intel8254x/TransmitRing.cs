using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// The transmit descriptors. A slot belongs to the device from the moment the tail register was given <see cref="Tail"/> until
/// the device says that it is done with it.
/// Touches no register. Of what the device writes only the status of the oldest outstanding slot is looked at.
/// </summary>
internal sealed class TransmitRing(IDeviceResources device)
{
    public const uint SlotCount = 256;
    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 128;

    private readonly DmaBuffer _descriptors = device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes);

    // One slot stays free: to the device, a tail equal to the head means that there is nothing to send.
    private readonly TransmitSlots _slots = new(
        device.AllocateDmaBuffer(SlotCount * TransmitSlots.BufferBytes, TransmitSlots.BufferBytes), SlotCount, SlotCount - 1);

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DeviceAddress => _descriptors.DeviceAddress;

    /// <summary>One past the last slot that the device is to send.</summary>
    public uint Tail => _slots.Next;

    /// <summary>Frames that the device has and is not done with.</summary>
    public uint Outstanding => _slots.Outstanding;

    /// <summary>Forgets every frame and starts over at slot 0. The device must be at rest.</summary>
    public void Reset()
    {
        _slots.Reset();
        _descriptors.As<TransmitDescriptor>().Clear();
    }

    /// <summary>Copies frames of a <see cref="PacketBatch"/> into free slots. Returns how many there was room for.</summary>
    public uint Queue(ReadOnlySpan<byte> batch)
    {
        Span<TransmitDescriptor> ring = _descriptors.As<TransmitDescriptor>();
        uint frames = 0;
        while (_slots.TryFill(ref batch, out uint slot, out ushort lengthBytes))
        {
            ring[(int)slot] = new TransmitDescriptor
            {
                BufferAddress = _slots.DeviceAddressOf(slot),
                Length = lengthBytes,
                Command = TransmitCommand.EndOfPacket | TransmitCommand.InsertChecksum | TransmitCommand.ReportStatus,
            };
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
            if ((status & TransmitStatus.Done) == 0)
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
