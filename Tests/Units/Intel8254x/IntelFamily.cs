using System;
using NooksOS.Contracts;
using NooksOS.Drivers;
using NooksOS.Drivers.E1000;
using NooksOS.Drivers.E1000E;
using NooksOS.Drivers.Intel8254x;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>What differs from one family of devices to the next.</summary>
/// <param name="MakeDriver">Makes the family's driver.</param>
/// <param name="Identity">A device of the family.</param>
/// <param name="Eeprom">How its EEPROM is read.</param>
/// <param name="IsExpress">Whether it is the 82574L, with its own ways with causes, queues and the bus.</param>
internal sealed record IntelFamily(Func<NetworkDriver> MakeDriver, PciIdentity Identity, EepromFormat Eeprom, bool IsExpress)
{
    public static IntelFamily E1000 { get; } =
        new(() => new E1000Driver(), new PciIdentity(0x8086, 0x100E), new EepromFormat(1u << 4, 8), false);

    public static IntelFamily E1000E { get; } =
        new(() => new E1000EDriver(), new PciIdentity(0x8086, 0x10D3), new EepromFormat(1u << 1, 2), true);
}
