using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;

namespace NooksOS.Drivers.E1000E;

/// <summary>Driver of Intel's 82574L Ethernet controller.</summary>
public sealed class E1000EDriver : IntelDriver
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <inheritdoc/>
    private protected override IntelHardware MakeHardware(RegisterWindow registers, IExtensionServices services)
        => new E1000EHardware(registers, services);
}
