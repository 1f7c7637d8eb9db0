using System;
using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

/// <summary>What tells a call that hangs from one whose code runs for the first time.</summary>
public sealed class PlacesOfACall
{
    private const ulong Code = 0x0000_0100_0010_0000;

    [Fact]
    public void ALoopIsFoundInThePlacesWhereItWas()
    {
        SeenPlaces places = default;
        int isNew = 0;
        for (uint tick = 0; tick < 1000; tick++)
        {
            isNew += places.TryAdd(Code + (tick * 7 % 48)) ? 1 : 0;
        }

        Assert.InRange(isNew, 1, 2);
    }

    [Fact]
    public void ALoopThroughSomeFunctionsIsAFewPlaces()
    {
        SeenPlaces places = default;
        Random random = new(1);
        int isNew = 0;
        for (int tick = 0; tick < 100; tick++)
        {
            // Eight functions, somewhere in the code.
            isNew += places.TryAdd(Code + ((ulong)random.Next(8) * 0x1234) + (ulong)random.Next(200)) ? 1 : 0;
        }

        Assert.InRange(isNew, 1, 16);
    }

    [Fact]
    public void CodeThatRunsForTheFirstTimeIsMostlyNew()
    {
        SeenPlaces places = default;
        Random random = new(1);
        int isNew = 0;
        for (int tick = 0; tick < 60; tick++)
        {
            isNew += places.TryAdd(Code + (ulong)random.Next(1 << 20)) ? 1 : 0;
        }

        Assert.InRange(isNew, 40, 60);
    }

    [Fact]
    public void TheRoomForPlacesComesToAnEnd()
    {
        SeenPlaces places = default;
        int isNew = 0;
        for (uint tick = 0; tick < 100_000; tick++)
        {
            isNew += places.TryAdd(Code + (tick * 1024)) ? 1 : 0;
        }

        Assert.Equal(128, isNew);
    }
}
