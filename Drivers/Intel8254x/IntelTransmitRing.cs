using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// The transmit ring. A slot belongs to the device from the moment the tail register was given <see cref="TransmitRing.Next"/>
/// until the device says that it is done with it. One slot stays free: to the device, a tail equal to the head means that there is
/// nothing to send.
/// </summary>
internal sealed class IntelTransmitRing(IDeviceResources device) : TransmitRing(
    device.AllocateDmaBuffer(DescriptorBytes, DescriptorAlignmentBytes),
    device.AllocateDmaBuffer(SlotCount * TransmitSlots.BufferBytes, TransmitSlots.BufferBytes),
    SlotCount,
    SlotCount - 1)
{
    public const uint SlotCount = 256;
    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 128;

    /// <inheritdoc/>
    protected override void ClearDescriptors() => Descriptors.As<TransmitDescriptor>().Clear();

    /// <inheritdoc/>
    protected override void Arm(uint slot, ulong bufferAddress, ushort lengthBytes)
        => Descriptors.As<TransmitDescriptor>()[(int)slot] = new TransmitDescriptor
        {
            BufferAddress = bufferAddress,
            Length = lengthBytes,
            Command = TransmitCommand.EndOfPacket | TransmitCommand.InsertChecksum | TransmitCommand.ReportStatus,
        };

    /// <inheritdoc/>
    protected override bool IsDone(uint slot, out bool wasSent)
    {
        TransmitStatus status = (TransmitStatus)Volatile.Read(ref Descriptors.As<TransmitDescriptor>()[(int)slot].Status);
        wasSent = (status & TransmitStatus.Failed) == 0;
        return (status & TransmitStatus.Done) != 0;
    }
}
