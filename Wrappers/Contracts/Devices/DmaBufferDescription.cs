namespace NooksOS.Contracts;

/// <summary>Memory shared with a device, mapped into the caller's domain.</summary>
/// <param name="Handle">Names the buffer in later calls.</param>
/// <param name="Address">Where the domain sees it.</param>
/// <param name="DeviceAddress">Where the device sees it.</param>
/// <param name="LengthBytes">Its length.</param>
public readonly record struct DmaBufferDescription(
    Handle<TrackedObjects.DmaBuffer> Handle, ulong Address, ulong DeviceAddress, uint LengthBytes);
