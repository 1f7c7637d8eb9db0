using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

/// <summary>Which ticks the watchdog holds against a call.</summary>
public sealed class TicksOfACall
{
    private const ulong Code = 0x0000_0100_0010_0000;

    [Fact]
    public void ALoopThroughServicesThatLetOthersInIsCounted()
    {
        XpcFrame call = default;
        ulong counted = 0;
        for (uint tick = 0; tick < 60; tick++)
        {
            // The gate, at the next call.
            call.InService = 1;
            counted = call.CountService();
        }

        Assert.Equal(60UL, counted);
        Assert.NotEqual(0UL, call.InService);
    }

    [Fact]
    public void OneLongServiceCountsOnce()
    {
        XpcFrame call = new() { InService = 1 };
        ulong counted = 0;
        for (uint tick = 0; tick < 1000; tick++)
        {
            counted = call.CountService();
        }

        Assert.Equal(1UL, counted);
    }

    [Fact]
    public void ALoopThatIsHereInTheDomainAndThereInServicesIsCountedInBoth()
    {
        XpcFrame call = default;
        for (uint tick = 0; tick < 30; tick++)
        {
            call.InService = 1;
            call.CountService();
            call.InService = 0;
            call.CountRun(Code);
        }

        // The loop's place is new once.
        Assert.Equal(59UL, call.Ticks);
    }

    [Fact]
    public void PlacesOfAnEarlierCallInTheSameFrameAreForgotten()
    {
        XpcFrame call = default;
        call.CountRun(Code);
        call.CountRun(Code + 0x1000);

        // All that the gate clears.
        call.Ticks = 0;
        call.CountWait();

        Assert.Equal(1UL, call.CountRun(Code + 0x1000));
        Assert.Equal(2UL, call.CountRun(Code + 0x1000));
    }
}
