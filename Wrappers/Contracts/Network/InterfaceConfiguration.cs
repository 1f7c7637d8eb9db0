namespace NooksOS.Contracts;

/// <summary>IPv4 configuration of an interface. Addresses are in host order: 10.0.2.15 is 0x0A00020F.</summary>
public readonly record struct InterfaceConfiguration(
    uint Address, uint SubnetMask, uint Gateway, uint NameServer, uint LeaseSeconds, bool FromDhcp);
