using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;

namespace NooksOS.Drivers.E1000;

/// <summary>Driver of Intel's 82540EM and 82545EM Ethernet controllers.</summary>
public sealed class E1000Driver : IntelDriver
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <inheritdoc/>
    private protected override IntelHardware MakeHardware(RegisterWindow registers, IExtensionServices services)
        => new E1000Hardware(registers, services);
}
