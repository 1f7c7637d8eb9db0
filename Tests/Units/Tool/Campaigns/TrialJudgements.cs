using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Machines;
using Xunit;

namespace NooksOS.Tests.Units.Tool.Campaigns;

public sealed class TrialJudgements
{
    private static readonly FaultRecord s_recovered = new() { Extension = "e1000", Kind = "illegalWrite", Outcome = "recovered" };
    private static readonly TrialObservation s_quiet = new() { Extension = "e1000", AllRun = true, WorksAfterwards = true };
    private static readonly TrialObservation s_reached = s_quiet with { Faults = [new InjectedFault { Activated = true }] };

    [Fact]
    public void WhatWasNotReachedIsNotActivated() => Assert.Equal(TrialOutcome.NotActivated, TrialJudge.Judge(s_quiet));

    [Fact]
    public void WhatWasReachedAndHarmedNobodyHasNoEffect() => Assert.Equal(TrialOutcome.NoEffect, TrialJudge.Judge(s_reached));

    [Theory]
    [InlineData(0, 50, TrialOutcome.RecoveredUnseen)]
    [InlineData(0, 1000, TrialOutcome.RecoveredPause)]
    [InlineData(1, 50, TrialOutcome.RecoveredError)]
    public void ARecoveryIsJudgedByWhatItsUsersSaw(int errors, double wait, TrialOutcome expected) => Assert.Equal(
        expected, TrialJudge.Judge(s_reached with { Failures = [s_recovered], Workload = new WorkloadResult(true, 0, errors, wait, null) }));

    [Fact]
    public void AnExtensionThatStopsWorkingUnnoticedIsUndetected() => Assert.Equal(
        TrialOutcome.Undetected, TrialJudge.Judge(s_reached with { Workload = new WorkloadResult(false, 0, 3, 4000, "no answer") }));

    [Fact]
    public void WrongDataIsWorseThanAFailure() => Assert.Equal(
        TrialOutcome.WrongResult,
        TrialJudge.Judge(s_reached with { Failures = [s_recovered], Workload = new WorkloadResult(true, 1, 0, 4000, "other bytes") }));

    [Fact]
    public void AnExtensionThatStaysAwayWasGivenUp()
    {
        Assert.Equal(TrialOutcome.GaveUp, TrialJudge.Judge(s_reached with { Failures = [s_recovered with { Outcome = "gaveUp" }] }));
        Assert.Equal(TrialOutcome.GaveUp, TrialJudge.Judge(s_reached with { Failures = [s_recovered], AllRun = false }));
    }

    [Fact]
    public void AKernelThatCannotProveItsSoundnessIsDamaged()
    {
        Assert.Equal(TrialOutcome.KernelDamage, TrialJudge.Judge(s_quiet with { Damage = "code" }));
        Assert.Equal(TrialOutcome.KernelDamage, TrialJudge.Judge(s_quiet with { WorksAfterwards = false }));
    }

    // Nothing that reads the disk can work any more, but that says nothing against the kernel.
    [Fact]
    public void WhatADriverHasWrittenOverIsAWrongResult()
    {
        Assert.Equal(TrialOutcome.WrongResult, TrialJudge.Judge(s_reached with { WorksAfterwards = false, Loss = "sector 7" }));
        Assert.Equal(TrialOutcome.KernelDamage, TrialJudge.Judge(s_reached with { Damage = "code", Loss = "sector 7" }));
    }

    [Fact]
    public void OutcomesHaveTheNamesOfTheReport() => Assert.Equal(
        ["not-activated", "no-effect", "recovered-unseen", "recovered-pause", "recovered-error", "undetected", "wrong-result", "gave-up", "emulator-failed", "kernel-damage", "kernel-panic", "kernel-hang"],
        System.Linq.Enumerable.Select(TrialOutcomes.All, TrialOutcomes.NameOf));

    // A driver that is given wrong buffers when it starts harms nobody before somebody sends.
    [Theory]
    [InlineData(100, 140, 200, 60)]
    [InlineData(150, 140, 200, 50)]
    [InlineData(100, 140, 130, 30)]
    public void DetectionIsTimedFromTheFirstFaultThatKeepsUsersWaiting(double reached, double injected, double detected, double expected)
        => Assert.Equal(expected, DetectionLatency.Milliseconds(reached, injected, detected));

    // Trials e1000 193, 342 and 399 of seed 12: one fault did no harm, and a tenth of a second later another one was reached, in a function
    // that is called when an instance is replaced.
    [Theory]
    [InlineData("Close", null, 200.0, 190.0)]
    [InlineData("Close", "Judge", 200.0, 190.0)]
    [InlineData("Judge", "Close", 200.0, 100.0)]
    [InlineData("Check", "Close", 200.0, 190.0)]
    [InlineData("Check", "Exchange", 200.0, 100.0)]
    [InlineData(null, null, 200.0, 100.0)]
    [InlineData("Close", null, 150.0, 100.0)]
    public void AFailureIsCountedFromTheFaultInTheFunctionThatFailed(string? failedIn, string? calledFrom, double detected, double expected)
    {
        InjectedFault[] faults =
        [
            new() { Function = "Judge", ActivatedMilliseconds = 100 },
            new() { Function = "Close", ActivatedMilliseconds = 190 },
            new() { Function = "Close" },
            new(),
        ];
        FaultRecord failure = new() { Function = failedIn, Stack = [new StackEntry(null), new StackEntry(calledFrom)], TimeMilliseconds = detected };
        Assert.Equal(expected, DetectionLatency.Reached(faults, failure));
        Assert.Null(DetectionLatency.Reached([new InjectedFault { Function = "Close" }], failure));
    }

    // Trials es1371 66, 324 and 332 of seed 14: a fault of before did no harm in one track, and the one that did was reached in the next.
    [Theory]
    [InlineData("badReply", "what it says of its device cannot be (Open)", null, 190.0)]
    [InlineData("badReply", "what it says of its device cannot be (GetPosition)", null, 100.0)]
    [InlineData("badReply", "brings frames again and again (Opened)", null, 100.0)]
    [InlineData("silence", "none done (Open)", null, 100.0)]
    [InlineData("illegalExecute", "vector 14, error code 0x14", null, 195.0)]
    [InlineData("illegalExecute", "vector 14, error code 0x14", "Driver.Write", 100.0)]
    [InlineData("illegalRead", "vector 14, error code 0x4", "Driver.Other", 100.0)]
    public void AFailureOutsideOfTheCodeIsCountedFromTheFaultThatLedThere(string kind, string detail, string? function, double expected)
    {
        InjectedFault[] faults =
        [
            new() { Function = "Driver.Write", ActivatedMilliseconds = 100 },
            new() { Function = "Driver.Open", ActivatedMilliseconds = 190 },
            new() { Function = "Driver.Close", ActivatedMilliseconds = 195 },
            new() { Function = "Driver.Open", ActivatedMilliseconds = 250 },
        ];
        FaultRecord failure = new() { Kind = kind, Detail = detail, Function = function, TimeMilliseconds = 200 };
        Assert.Equal(expected, DetectionLatency.Reached(faults, failure));
    }
}
