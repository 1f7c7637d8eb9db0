using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>The receive ring. A slot belongs to the device while its descriptor says so.</summary>
internal sealed class Pcnet32ReceiveRing(IDeviceResources device) : ReceiveRing(
    DescriptorField.Allocate(device, DescriptorBytes, DescriptorAlignmentBytes),
    DescriptorField.Allocate(device, SlotCount * BufferBytes, BufferBytes),
    SlotCount)
{
    public const int SlotCountLog = 8;
    public const uint SlotCount = 1u << SlotCountLog;

    private const uint DescriptorBytes = SlotCount * 16;
    private const uint DescriptorAlignmentBytes = 16;
    private const uint FrameLengthMask = 0xFFF;

    /// <summary>
    /// Reads what the device says of a slot. Any frame fits one buffer. QEMU's model hands a descriptor over before it writes that
    /// the frame ends there, and that before the length; it asserts its line when it has written all. A device that never does so
    /// runs out of slots, which is noticed.
    /// </summary>
    protected override bool TryRead(uint slot, out ReceivedSlot received)
    {
        ref ReceiveDescriptor descriptor = ref Descriptors.As<ReceiveDescriptor>()[(int)slot];

        // The length and the frame are valid only if they are read after the status.
        ReceiveStatus status = (ReceiveStatus)Volatile.Read(ref descriptor.Status);
        if ((status & ReceiveStatus.Error) != 0)
        {
            received = ReceivedSlot.Bad;
            return (status & ReceiveStatus.OwnedByDevice) == 0;
        }

        uint reported = descriptor.Length & FrameLengthMask;
        received = new(
            IsWholeFrame: true, EndsFrame: true, IsGood: true, ReceivedSlot.WithoutCheckSequence(reported));
        return (status & (ReceiveStatus.OwnedByDevice | ReceiveStatus.EndOfPacket)) == ReceiveStatus.EndOfPacket && reported != 0;
    }

    /// <inheritdoc/>
    protected override void Arm(uint slot, ulong bufferAddress)
    {
        ref ReceiveDescriptor descriptor = ref Descriptors.As<ReceiveDescriptor>()[(int)slot];
        descriptor.BufferAddress = (uint)bufferAddress;
        descriptor.Length = 0;

        // Everything else must be visible before the device sees that the descriptor is its own.
        Volatile.Write(ref descriptor.Status, (uint)ReceiveStatus.OwnedByDevice | DescriptorField.NegativeLength(BufferBytes));
    }
}
