using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>
/// The transmit ring. A slot belongs to the device while its descriptor says so. One slot stays free: a device that is told of new
/// frames goes on as long as it finds some, and would go round in a ring that is filled again meanwhile.
/// </summary>
internal sealed class Rtl8139TransmitRing(IDeviceResources device) : TransmitRing(
    device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes),
    device.AllocateDmaBuffer(SlotCount * TransmitSlots.BufferBytes, TransmitSlots.BufferBytes),
    SlotCount,
    SlotCount - 1)
{
    /// <summary>The most that the device can take.</summary>
    public const uint SlotCount = 64;

    private const uint DescriptorBytes = SlotCount * 16;
    private const uint DescriptorAlignmentBytes = 256;

    /// <inheritdoc/>
    protected override void ClearDescriptors()
    {
        Span<TransmitDescriptor> ring = Descriptors.As<TransmitDescriptor>();
        ring.Clear();
        ring[(int)SlotCount - 1].Status = (uint)TransmitStatus.EndOfRing;
    }

    /// <inheritdoc/>
    protected override void Arm(uint slot, ulong bufferAddress, ushort lengthBytes)
    {
        ref TransmitDescriptor descriptor = ref Descriptors.As<TransmitDescriptor>()[(int)slot];
        descriptor.Tag = 0;
        descriptor.BufferAddress = bufferAddress;
        TransmitStatus status = TransmitStatus.OwnedByDevice | TransmitStatus.FirstSegment | TransmitStatus.LastSegment
            | (slot == SlotCount - 1 ? TransmitStatus.EndOfRing : 0);

        // The frame and its address must be visible before the device sees that the descriptor is its own.
        Volatile.Write(ref descriptor.Status, (uint)status | lengthBytes);
    }

    /// <inheritdoc/>
    protected override bool IsDone(uint slot, out bool wasSent)
    {
        TransmitStatus status = (TransmitStatus)Volatile.Read(ref Descriptors.As<TransmitDescriptor>()[(int)slot].Status);
        wasSent = (status & TransmitStatus.Failed) == 0;
        return (status & TransmitStatus.OwnedByDevice) == 0;
    }
}
