using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>The transmit ring. A slot belongs to the device while its descriptor says so.</summary>
internal sealed class Pcnet32TransmitRing(IDeviceResources device) : TransmitRing(
    DescriptorField.Allocate(device, DescriptorBytes, DescriptorAlignmentBytes),
    DescriptorField.Allocate(device, SlotCount * TransmitSlots.BufferBytes, TransmitSlots.BufferBytes),
    SlotCount,
    SlotCount)
{
    public const int SlotCountLog = 7;
    public const uint SlotCount = 1u << SlotCountLog;

    private const uint DescriptorBytes = SlotCount * 16;
    private const uint DescriptorAlignmentBytes = 16;

    /// <inheritdoc/>
    protected override void ClearDescriptors()
    {
        // The device looks at all of them and takes those without a possible length for none.
        Descriptors.As<TransmitDescriptor>().Fill(
            new TransmitDescriptor { Status = DescriptorField.NegativeLength(TransmitSlots.BufferBytes) });
    }

    /// <inheritdoc/>
    protected override void Arm(uint slot, ulong bufferAddress, ushort lengthBytes)
    {
        ref TransmitDescriptor descriptor = ref Descriptors.As<TransmitDescriptor>()[(int)slot];
        descriptor.BufferAddress = (uint)bufferAddress;
        descriptor.Errors = 0;
        TransmitStatus status = TransmitStatus.OwnedByDevice | TransmitStatus.StartOfPacket | TransmitStatus.EndOfPacket;

        // The frame and its address must be visible before the device sees that the descriptor is its own.
        Volatile.Write(ref descriptor.Status, (uint)status | DescriptorField.NegativeLength(lengthBytes));
    }

    /// <inheritdoc/>
    protected override bool IsDone(uint slot, out bool wasSent)
    {
        TransmitStatus status = (TransmitStatus)Volatile.Read(ref Descriptors.As<TransmitDescriptor>()[(int)slot].Status);
        wasSent = (status & TransmitStatus.Error) == 0;
        return (status & TransmitStatus.OwnedByDevice) == 0;
    }
}
