namespace NooksOS.Drivers.Virtio;

/// <summary>Where a structure of the device is, as a capability says (virtio 1.2 §4.1.4). Not checked against anything.</summary>
/// <param name="Kind">Which structure.</param>
/// <param name="Bar">In which BAR.</param>
/// <param name="OffsetBytes">Where in it.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="NotifyMultiplier">notify_off_multiplier (§4.1.4.4), for that structure only.</param>
internal readonly record struct VirtioCapability(
    VirtioStructure Kind, uint Bar, uint OffsetBytes, uint LengthBytes, uint NotifyMultiplier);
