using System;
using System.Buffers.Binary;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Tests.Units.Virtio;

/// <summary>A configuration space with the capabilities that QEMU's virtio-net-pci has, in its order.</summary>
internal sealed class ConfigurationSpace
{
    public const uint Bar = 4;
    public const uint CommonOffset = 0x0000;
    public const uint InterruptOffset = 0x1000;
    public const uint DeviceOffset = 0x2000;
    public const uint NotifyOffset = 0x3000;
    public const uint StructureBytes = 0x1000;
    public const uint NotifyMultiplier = 4;

    /// <summary>Where the capability of a structure is.</summary>
    public const int NotifyCapability = 0x70;
    public const int CommonCapability = 0x40;

    private const byte VendorSpecific = 0x09;
    private const byte MessageInterrupts = 0x11;

    public ConfigurationSpace()
    {
        Bytes[0x06] = 0x10;
        Bytes[0x34] = 0x98;
        Bytes[0x98] = MessageInterrupts;
        Bytes[0x99] = 0x84;
        SetCapability(0x84, NotifyCapability, 5, 0, 0);
        SetCapability(NotifyCapability, 0x60, (byte)VirtioStructure.Notification, NotifyOffset, StructureBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(NotifyCapability + 16), NotifyMultiplier);
        SetCapability(0x60, 0x50, (byte)VirtioStructure.Device, DeviceOffset, StructureBytes);
        SetCapability(0x50, CommonCapability, (byte)VirtioStructure.InterruptStatus, InterruptOffset, StructureBytes);
        SetCapability(CommonCapability, 0, (byte)VirtioStructure.Common, CommonOffset, StructureBytes);
    }

    public byte[] Bytes { get; } = new byte[256];

    /// <summary>As the kernel answers: an impossible field is a refusal.</summary>
    public uint Read(uint offsetBytes, uint widthBytes)
    {
        if (widthBytes is not (1 or 2 or 4) || offsetBytes >= 256 || offsetBytes % widthBytes != 0)
        {
            throw new InvalidOperationException("no such field");
        }

        uint value = 0;
        for (uint index = 0; index < widthBytes; index++)
        {
            value |= (uint)Bytes[offsetBytes + index] << (int)(8 * index);
        }

        return value;
    }

    private void SetCapability(int at, byte next, byte kind, uint offsetBytes, uint lengthBytes)
    {
        Bytes[at] = VendorSpecific;
        Bytes[at + 1] = next;
        Bytes[at + 2] = 16;
        Bytes[at + 3] = kind;
        Bytes[at + 4] = (byte)Bar;
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at + 8), offsetBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at + 12), lengthBytes);
    }
}
