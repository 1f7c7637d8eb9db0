using NooksOS.Contracts;

namespace NooksOS.Drivers.Virtio;

/// <summary>Finds the capabilities of a virtio device in its configuration space (PCI Local Bus 3.0 §6.7, virtio 1.2 §4.1.4).</summary>
internal static class VirtioCapabilities
{
    private const uint StatusOffset = 0x06;
    private const uint HasCapabilities = 1 << 4;
    private const uint PointerOffset = 0x34;
    private const uint FirstOffset = 0x40;
    private const uint ConfigurationBytes = 256;
    private const uint VendorSpecific = 0x09;

    // As many as fit. The list is the device's word: it may be a ring.
    private const int MaximumCount = 48;

    // Offsets in struct virtio_pci_cap, and in virtio_pci_notify_cap, which is longer.
    private const uint NextOffset = 1;
    private const uint KindOffset = 3;
    private const uint BarOffset = 4;
    private const uint OffsetOffset = 8;
    private const uint LengthOffset = 12;
    private const uint MultiplierOffset = 16;
    private const uint CapabilityBytes = 16;
    private const uint NotificationCapabilityBytes = 20;

    // §4.1.4: a driver ignores capabilities with other values.
    private const uint BarCount = 6;

    /// <summary>
    /// Finds the first one of a kind, which is the one that the device likes best (§4.1.4.1). Throws what
    /// <see cref="IDeviceResources.ReadConfiguration"/> throws.
    /// </summary>
    public static bool TryFind(IDeviceResources device, VirtioStructure kind, out VirtioCapability capability)
    {
        capability = default;
        if ((device.ReadConfiguration(StatusOffset, sizeof(ushort)) & HasCapabilities) == 0)
        {
            return false;
        }

        uint needed = kind == VirtioStructure.Notification ? NotificationCapabilityBytes : CapabilityBytes;
        uint offset = device.ReadConfiguration(PointerOffset, sizeof(byte)) & ~3u;
        for (int count = 0; count < MaximumCount && offset >= FirstOffset; count++)
        {
            if (offset <= ConfigurationBytes - needed
                && device.ReadConfiguration(offset, sizeof(byte)) == VendorSpecific
                && device.ReadConfiguration(offset + KindOffset, sizeof(byte)) == (uint)kind
                && device.ReadConfiguration(offset + BarOffset, sizeof(byte)) < BarCount)
            {
                capability = Read(device, offset, kind);
                return true;
            }

            offset = device.ReadConfiguration(offset + NextOffset, sizeof(byte)) & ~3u;
        }

        return false;
    }

    private static VirtioCapability Read(IDeviceResources device, uint offset, VirtioStructure kind) => new(
        kind,
        device.ReadConfiguration(offset + BarOffset, sizeof(byte)),
        device.ReadConfiguration(offset + OffsetOffset, sizeof(uint)),
        device.ReadConfiguration(offset + LengthOffset, sizeof(uint)),
        kind == VirtioStructure.Notification ? device.ReadConfiguration(offset + MultiplierOffset, sizeof(uint)) : 0);
}
