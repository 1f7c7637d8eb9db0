using NooksOS.Contracts;
using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class PolicyDecisions
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void TheDefaultRestartsAtOnceHoweverOftenItFails()
    {
        Assert.All(
            [1, 2, 64, 1000],
            faults => Assert.Equal(
                new RecoveryDecision(RecoveryAction.Restart, 0),
                RecoveryPolicy.Decide(RecoveryPolicy.Default, Every(1, faults), faults)));
    }

    [Theory]
    [InlineData(1, RecoveryAction.Restart, 0u)]
    [InlineData(2, RecoveryAction.RestartAfterDelay, 10u)]
    [InlineData(3, RecoveryAction.RestartAfterDelay, 20u)]
    [InlineData(4, RecoveryAction.RestartAfterDelay, 40u)]
    [InlineData(5, RecoveryAction.RestartAfterDelay, 70u)]
    [InlineData(40, RecoveryAction.RestartAfterDelay, 70u)]
    [InlineData(64, RecoveryAction.RestartAfterDelay, 70u)]
    public void TheDelayDoublesUpToItsBound(int faults, RecoveryAction action, uint delay)
    {
        RecoveryPolicyParameters parameters = Parameters(RecoveryAction.Restart, initial: 10, maximum: 70);

        Assert.Equal(new RecoveryDecision(action, delay), RecoveryPolicy.Decide(parameters, Every(1, faults), faults));
    }

    [Theory]
    [InlineData(1, 10u)]
    [InlineData(2, 20u)]
    [InlineData(3, 40u)]
    public void ADelayEachTimeStartsWithTheFirst(int faults, uint delay)
    {
        RecoveryPolicyParameters parameters = Parameters(RecoveryAction.RestartAfterDelay, initial: 10, maximum: 1000);

        Assert.Equal(
            new RecoveryDecision(RecoveryAction.RestartAfterDelay, delay),
            RecoveryPolicy.Decide(parameters, Every(1, faults), faults));
    }

    [Theory]
    [InlineData(2, 0xC000_0000u, 0xC000_0000u)]
    [InlineData(3, 0xC000_0000u, uint.MaxValue)]
    [InlineData(64, 1u, uint.MaxValue)]
    public void TheDelayDoesNotOverflow(int faults, uint initial, uint delay)
    {
        RecoveryPolicyParameters parameters = Parameters(RecoveryAction.Restart, initial, maximum: uint.MaxValue);

        Assert.Equal(delay, RecoveryPolicy.Decide(parameters, Every(1, faults), faults).DelayMilliseconds);
    }

    [Fact]
    public void FailuresOutsideTheWindowAreForgotten()
    {
        RecoveryPolicyParameters parameters = Parameters(RecoveryAction.Restart, initial: 10, maximum: 1000, window: 100);
        FaultHistory history = Every(Millisecond, 5);
        long later = (5 + 100) * Millisecond;
        history.Add(99, later);

        Assert.Equal(new RecoveryDecision(RecoveryAction.Restart, 0), RecoveryPolicy.Decide(parameters, history, later));
        Assert.Equal(10u, RecoveryPolicy.Decide(parameters, history, later - 1).DelayMilliseconds);
    }

    [Theory]
    [InlineData(3, false, RecoveryAction.Restart)]
    [InlineData(4, false, RecoveryAction.GiveUp)]
    [InlineData(4, true, RecoveryAction.Replace)]
    [InlineData(3, true, RecoveryAction.Restart)]
    public void TooManyFailuresWithinTheWindowEndInGivingUpOrReplacing(int faults, bool hasReplacement, RecoveryAction expected)
    {
        RecoveryPolicyParameters parameters = Parameters(RecoveryAction.Restart, maximumFaults: 3) with { HasReplacement = hasReplacement };

        Assert.Equal(new RecoveryDecision(expected, 0), RecoveryPolicy.Decide(parameters, Every(1, faults), faults));
    }

    [Theory]
    [InlineData(RecoveryAction.GiveUp, true, RecoveryAction.GiveUp)]
    [InlineData(RecoveryAction.Replace, true, RecoveryAction.Replace)]
    [InlineData(RecoveryAction.Replace, false, RecoveryAction.Restart)]
    public void TheFirstFailureFollowsTheActionThatWasSet(RecoveryAction action, bool hasReplacement, RecoveryAction expected)
    {
        RecoveryPolicyParameters parameters = Parameters(action) with { HasReplacement = hasReplacement };

        Assert.Equal(expected, RecoveryPolicy.Decide(parameters, Every(1, 1), 1).Action);
    }

    [Fact]
    public void TheFailureAtHandCountsEvenInAnEmptyWindow()
    {
        RecoveryPolicyParameters parameters = Parameters(RecoveryAction.RestartAfterDelay, initial: 5, maximum: 50, window: 0);

        Assert.Equal(5u, RecoveryPolicy.Decide(parameters, Every(1, 3), 1000).DelayMilliseconds);
        Assert.Equal(5u, RecoveryPolicy.Decide(parameters, new FaultHistory(), 1000).DelayMilliseconds);
    }

    [Fact]
    public void TheLongestWindowDoesNotOverflow()
    {
        RecoveryPolicyParameters parameters = Parameters(RecoveryAction.Restart, maximumFaults: 1, window: uint.MaxValue);

        Assert.Equal(RecoveryAction.GiveUp, RecoveryPolicy.Decide(parameters, Every(1, 2), 2).Action);
    }

    private static RecoveryPolicyParameters Parameters(
        RecoveryAction action, uint initial = 0, uint maximum = 0, uint maximumFaults = 0, uint window = 10_000)
        => new(action, initial, maximum, maximumFaults, window, HasReplacement: false);

    private static FaultHistory Every(long intervalNanoseconds, int count)
    {
        FaultHistory history = new();
        for (int index = 1; index <= count; index++)
        {
            history.Add((uint)index, index * intervalNanoseconds);
        }

        return history;
    }
}
