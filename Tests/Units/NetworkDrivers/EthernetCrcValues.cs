using System;
using NooksOS.Contracts;
using NooksOS.Drivers;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

public sealed class EthernetCrcValues
{
    [Fact]
    public void ItIsTheCrcOfTheWire()
    {
        Random random = new(42);
        byte[] octets = new byte[MacAddress.Length];
        for (int count = 0; count < 100; count++)
        {
            random.NextBytes(octets);
            Assert.Equal(WireCrc.Of(octets), EthernetCrc.OfAddress(MacAddress.Read(octets)));
        }
    }

    // The complement of a well-known value: the CRC-32 of six zeros is B1C2A1A3.
    [Fact]
    public void SixZerosGiveTheKnownValue() => Assert.Equal(0xB1C2_A1A3u, ~EthernetCrc.OfAddress(default));
}
