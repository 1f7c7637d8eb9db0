using System.Collections.Generic;
using NooksOS.Kernel.Memory;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Memory;

public sealed class RangeSubtractionBehavior
{
    private static List<PhysicalRange> Subtract(PhysicalRange range, params PhysicalRange[] reserved)
    {
        List<PhysicalRange> result = [];
        RangeSubtraction parts = new(range, reserved);
        while (parts.TryNext(out PhysicalRange part))
        {
            result.Add(part);
        }

        return result;
    }

    [Fact]
    public void WithoutReservationsTheWholePagesRemain()
        => Assert.Equal([new PhysicalRange(0x2000, 0x5000)], Subtract(new PhysicalRange(0x1001, 0x5FFF)));

    [Fact]
    public void ReservationsTakeWholePagesInAnyOrderAndMayOverlap()
        => Assert.Equal(
            [new PhysicalRange(0x1000, 0x3000), new PhysicalRange(0x6000, 0x8000)],
            Subtract(
                new PhysicalRange(0x0, 0x9000),
                new PhysicalRange(0x8FFF, 0x20000),
                new PhysicalRange(0x4000, 0x5001),
                new PhysicalRange(0x3010, 0x4010),
                new PhysicalRange(0x0, 0x1),
                new PhysicalRange(0x8000, 0x8800)));

    [Fact]
    public void AReservationAroundEverythingLeavesNothing()
        => Assert.Empty(Subtract(new PhysicalRange(0x1000, 0x4000), new PhysicalRange(0, 0x10000)));

    [Fact]
    public void AnEmptyReservationTakesNothing()
        => Assert.Equal([new PhysicalRange(0x1000, 0x4000)], Subtract(new PhysicalRange(0x1000, 0x4000), new PhysicalRange(0x2000, 0x2000)));
}
