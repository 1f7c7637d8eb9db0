using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Tests.Units.Recovery.Network;
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

    // Trials rtl8139 6, 10, 15 and 11 more of 60 of seed 75: a driver waited in an exchange, and the stack, whom nobody called, was blamed as well.
    [Fact]
    public void NobodyIsExpectedToAnswerProbesWhileADriverKeepsTheThreadThatMovesFrames()
    {
        NetworkRig rig = new NetworkRig().Boot();
        rig.ReceiveReply();
        rig.Shadow.Pump();
        ProbeTarget? inCall = null;
        rig.Driver.Habit = () => inCall = rig.Shadow.FindProbeTarget();
        rig.Interrupt();
        rig.Shadow.Pump();
        Assert.True(inCall is { IsMoving: true });
        Assert.True(rig.Shadow.FindProbeTarget() is { IsMoving: false });
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
