namespace NooksOS.Contracts;

/// <summary>A claimed PCI function.</summary>
/// <param name="Handle">Names the function in later calls.</param>
/// <param name="Identity">Vendor and device.</param>
/// <param name="Revision">Revision ID.</param>
public readonly record struct DeviceDescription(Handle<TrackedObjects.Device> Handle, PciIdentity Identity, byte Revision);
