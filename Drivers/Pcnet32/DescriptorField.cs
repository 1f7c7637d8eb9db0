using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>How lengths and addresses are written in the structures that the device reads.</summary>
internal static class DescriptorField
{
    private const uint LengthMask = 0xFFFF;

    /// <summary>BCNT and the ones above it: a length of at most 4096 as a negative number of 16 bits.</summary>
    public static uint NegativeLength(uint lengthBytes) => (0 - lengthBytes) & LengthMask;

    /// <summary>
    /// Allocates memory that the device can reach. It has 32 address lines, whatever the machine has, and that cannot be asked
    /// of the kernel.
    /// </summary>
    /// <exception cref="InvalidOperationException">The kernel has none, or none that low.</exception>
    public static DmaBuffer Allocate(IDeviceResources device, uint lengthBytes, uint alignmentBytes)
    {
        DmaBuffer buffer = device.AllocateDmaBuffer(lengthBytes, alignmentBytes);
        return buffer.DeviceAddress + lengthBytes <= uint.MaxValue
            ? buffer
            : throw new InvalidOperationException("The device cannot reach memory above 4 GiB.");
    }
}
