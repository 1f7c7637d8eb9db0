using System.Linq;
using NooksOS.Tool.Campaigns;
using Xunit;

namespace NooksOS.Tests.Units.Tool.Campaigns;

public sealed class EscapesByCause
{
    [Fact]
    public void EachOutcomeThatEscapesHasACauseOfItsOwn()
    {
        TrialOutcome[] escaped =
        [
            TrialOutcome.Undetected, TrialOutcome.WrongResult, TrialOutcome.GaveUp, TrialOutcome.EmulatorFailed,
            TrialOutcome.KernelDamage, TrialOutcome.KernelPanic, TrialOutcome.KernelHang,
        ];
        Assert.Equal(escaped.Length, escaped.Select(outcome => EscapeCause.Of(Trial(outcome))).Distinct().Count());
    }

    [Fact]
    public void WhetherItWasFoundAndWhoWasServedMakeADifference()
    {
        Assert.NotEqual(EscapeCause.Of(Trial(TrialOutcome.WrongResult)), EscapeCause.Of(Trial(TrialOutcome.WrongResult, failures: 1)));
        Assert.NotEqual(EscapeCause.Of(Trial(TrialOutcome.Undetected)), EscapeCause.Of(Trial(TrialOutcome.Undetected, isServed: true)));
        Assert.NotEqual(EscapeCause.Of(Trial(TrialOutcome.GaveUp, 1)), EscapeCause.Of(Trial(TrialOutcome.GaveUp, 1, isServed: true)));
    }

    [Fact]
    public void TheLargestCauseComesFirst()
    {
        TrialRecord[] escapes =
        [
            Trial(TrialOutcome.KernelPanic), Trial(TrialOutcome.WrongResult, 1), Trial(TrialOutcome.WrongResult, 1) with { Extension = "khttpd" },
        ];
        (string cause, TrialRecord[] trials) = EscapeCause.Count(escapes)[0];
        Assert.Equal((EscapeCause.Of(escapes[1]), 2), (cause, trials.Length));
        Assert.Equal("e1000 ring3 1, khttpd ring3 1", EscapeCause.CountByExtension(trials));
    }

    // The totals of the tool and those of README differed by the trials in which QEMU ended.
    [Fact]
    public void WhereTheEmulatorEndedNobodyKnowsWhetherFaultsShowedThemselves()
    {
        CampaignConfiguration ring3 = new("domain", "ring3");
        TrialGroup group = new(ring3, "all", [Trial(TrialOutcome.EmulatorFailed), Trial(TrialOutcome.RecoveredUnseen, 1)]);
        Assert.Equal((2, 1), (group.Count, group.Manifested));
    }

    private static TrialRecord Trial(TrialOutcome outcome, int failures = 0, bool isServed = false) => new()
    {
        Extension = "e1000",
        Mode = "domain",
        Protection = "ring3",
        Outcome = outcome,
        Failures = failures,
        Workload = new WorkloadResult(isServed, 0, 0, 0, null),
    };
}
