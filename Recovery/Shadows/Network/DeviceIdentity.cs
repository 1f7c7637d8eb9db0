using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What a stack knows a network device by.</summary>
public readonly record struct DeviceIdentity(MacAddress Address, uint MaximumTransmissionUnitBytes);
