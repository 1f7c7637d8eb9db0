using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// The receive ring. A slot belongs to the device until the device says that it is done with it, and again as soon as the tail
/// register was given <see cref="TakeTail"/>.
/// </summary>
internal sealed class IntelReceiveRing(IDeviceResources device) : ReceiveRing(
    device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes),
    device.AllocateDmaBuffer(SlotCount * BufferBytes, BufferBytes),
    SlotCount)
{
    /// <summary>Hundreds of peers may send at once; but a restart takes longer for each slot.</summary>
    public const uint SlotCount = 512;

    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 128;

    /// <summary>
    /// The tail that gives every free slot to the device. One slot stays behind: to the device, a tail equal to the head means
    /// that it has none.
    /// </summary>
    public uint Tail => (Next + SlotCount - 1) % SlotCount;

    /// <summary>Slots that are free and that the device does not know of yet.</summary>
    public uint Unreturned { get; private set; }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        Unreturned = 0;
    }

    /// <summary>The tail for the device, which thereby gets every free slot back.</summary>
    public uint TakeTail()
    {
        Unreturned = 0;
        return Tail;
    }

    /// <inheritdoc/>
    protected override bool TryRead(uint slot, out ReceivedSlot received)
    {
        ref ReceiveDescriptor descriptor = ref Descriptors.As<ReceiveDescriptor>()[(int)slot];

        // The other fields and the frame are valid only if they are read after the status.
        ReceiveStatus status = (ReceiveStatus)Volatile.Read(ref descriptor.Status);

        // Where a frame begins is not said: one that does not end here begins here or before.
        bool endsHere = (status & ReceiveStatus.EndOfPacket) != 0;
        received = new(
            IsWholeFrame: endsHere, EndsFrame: endsHere, (descriptor.Errors & ReceiveErrors.Fatal) == 0, descriptor.Length);
        return (status & ReceiveStatus.Done) != 0;
    }

    /// <inheritdoc/>
    protected override void Arm(uint slot, ulong bufferAddress)
    {
        Descriptors.As<ReceiveDescriptor>()[(int)slot] = new ReceiveDescriptor { BufferAddress = bufferAddress };
        Unreturned++;
    }
}
