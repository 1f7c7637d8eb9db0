using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What a disk is, as its driver has said: by it the disk is known again behind the next instance.</summary>
/// <param name="Description">The disk.</param>
/// <param name="Model">Its maker's name for it.</param>
/// <param name="Serial">Its serial number.</param>
public sealed record BlockDiskIdentity(BlockDeviceDescription Description, string Model, string Serial);
