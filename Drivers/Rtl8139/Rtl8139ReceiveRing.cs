using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>The receive ring. A slot belongs to the device while its descriptor says so.</summary>
internal sealed class Rtl8139ReceiveRing(IDeviceResources device) : ReceiveRing(
    device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes),
    device.AllocateDmaBuffer(SlotCount * BufferBytes, BufferBytes),
    SlotCount)
{
    /// <summary>The most that the device can take.</summary>
    public const uint SlotCount = 64;

    private const uint DescriptorBytes = SlotCount * 16;
    private const uint DescriptorAlignmentBytes = 256;
    private const uint FrameLengthMask = 0x1FFF;

    /// <inheritdoc/>
    protected override bool TryRead(uint slot, out ReceivedSlot received)
    {
        // The frame is valid only if it is read after the status.
        uint word = Volatile.Read(ref Descriptors.As<ReceiveDescriptor>()[(int)slot].Status);
        ReceiveStatus status = (ReceiveStatus)word;
        received = new(
            IsWholeFrame: (status & ReceiveStatus.WholeFrame) == ReceiveStatus.WholeFrame,
            EndsFrame: (status & ReceiveStatus.LastSegment) != 0,
            IsGood: (status & ReceiveStatus.Failed) == 0,
            ReceivedSlot.WithoutCheckSequence(word & FrameLengthMask));
        return (status & ReceiveStatus.OwnedByDevice) == 0;
    }

    /// <inheritdoc/>
    protected override void Arm(uint slot, ulong bufferAddress)
    {
        ref ReceiveDescriptor descriptor = ref Descriptors.As<ReceiveDescriptor>()[(int)slot];
        descriptor.Tag = 0;
        descriptor.BufferAddress = bufferAddress;
        ReceiveStatus status = ReceiveStatus.OwnedByDevice | (slot == SlotCount - 1 ? ReceiveStatus.EndOfRing : 0);

        // Everything else must be visible before the device sees that the descriptor is its own.
        Volatile.Write(ref descriptor.Status, (uint)status | BufferBytes);
    }
}
