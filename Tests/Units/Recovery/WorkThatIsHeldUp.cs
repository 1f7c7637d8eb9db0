using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

/// <summary>An extension is not silent for as long as nobody gets to give it its work.</summary>
public sealed class WorkThatIsHeldUp
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void ASilenceIsNotBlamedOnAnExtensionWhoseCallerIsKeptFromTheProcessor()
    {
        ProgressWatch watch = new(60 * Millisecond, 6);
        ProgressSample sample = new() { Instance = 1, IsActive = true, Pending = 1 };
        for (long time = 0; time < 1000; time += 10)
        {
            Assert.False(watch.IsSilent(sample with { IsHeldUp = true }, time * Millisecond));
        }

        bool isSilent = false;
        for (long time = 1000; time < 1050; time += 10)
        {
            isSilent |= watch.IsSilent(sample, time * Millisecond);
        }

        Assert.False(isSilent);
        Assert.True(watch.IsSilent(sample, 1050 * Millisecond));
    }

    [Fact]
    public void AThreadIsHeldUpThatIsAskedAndDoesNotBegin()
    {
        WorkTurns turns = new(new FakeSignal(new FakeClock()));
        Assert.False(turns.WasHeldUp());

        turns.Set();
        Assert.True(turns.WasHeldUp());
        Assert.True(turns.WasHeldUp());

        turns.BeginTurn();
        Assert.False(turns.WasHeldUp());
        Assert.True(turns.WasHeldUp());

        turns.EndTurn();
        Assert.False(turns.WasHeldUp());
    }

    [Fact]
    public void AThreadThatGoesOnAndOnIsNotHeldUp()
    {
        WorkTurns turns = new(new FakeSignal(new FakeClock()));
        for (int look = 0; look < 10; look++)
        {
            turns.BeginTurn();
            turns.Set();
            Assert.False(turns.WasHeldUp());
        }
    }
}
