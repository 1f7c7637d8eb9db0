using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

public sealed class InjectedFaults
{
    private static readonly CampaignPlan s_plan = new()
    {
        Types = ["destination", "pointer"],
        Configurations = [new CampaignConfiguration("domain", "ring3")],
        Trials = 2,
        FaultsPerTrial = 5,
        Seed = 1,
        Nic = NicModels.Default,
    };

    [Theory]
    [InlineData("e1000", "khttpd")]
    [InlineData("ahci", "vfat", "sb16")]
    public Task TheKernelStaysSoundInASeededCampaign(params string[] extensions) => BootTest.InSlotAsync(async iso =>
    {
        CampaignPlan plan = s_plan with { Extensions = extensions };
        IReadOnlyList<TrialRecord> trials = await RunAsync(iso, plan);
        Assert.Equal(plan.Keys(0, 1).ToHashSet(), trials.Select(trial => trial.Key()).ToHashSet());
        Assert.All(trials, trial => Assert.True(trial.Outcome < TrialOutcome.EmulatorFailed, $"{trial.Key()}: {trial.Outcome}, {trial.Detail}"));
        Assert.All(trials, trial => Assert.Equal(s_plan.FaultsPerTrial, trial.Faults.Count));
        Assert.Contains(trials, trial => TrialOutcomes.IsRecovered(trial.Outcome));
        Assert.All(trials.SelectMany(trial => trial.Faults), fault => Assert.NotEqual(fault.BytesBefore, fault.BytesAfter));
        return trials.Count;
    });

    // Trials rtl8139 6, 10, 15 and 11 more of 60 of seed 75: a driver waited in an exchange, and the stack was blamed as well.
    [Fact]
    public Task ADriverThatWaitsIsBlamedAlone() => BootTest.InSlotAsync(async iso =>
    {
        CampaignPlan plan = s_plan with { Extensions = ["e1000"], Types = ["blocking-interrupt", "no-reply"], Trials = 12, FaultsPerTrial = 8 };
        IReadOnlyList<TrialRecord> trials = await RunAsync(iso, plan);
        Assert.Contains(trials, trial => trial.DetectedBy == "deadlock");
        Assert.All(trials, trial => Assert.Equal((trial.Trial, 0), (trial.Trial, trial.FailuresElsewhere)));
        return trials.Count;
    });

    // Trials sb16 34, 53 and 72 of seed 14: the card was to go unacknowledged from a call on that set its volume, long before it interrupted.
    [Fact]
    public Task AnInterruptGoesUnacknowledgedWhereThereIsOne() => BootTest.InSlotAsync(async iso =>
    {
        CampaignPlan plan = s_plan with { Extensions = ["sb16"], Types = ["unacknowledged-interrupt"], Trials = 4 };
        IReadOnlyList<TrialRecord> trials = await RunAsync(iso, plan);
        Assert.Contains(trials, trial => trial.DetectedBy == "interruptStorm");
        Assert.All(
            trials.Select(trial => trial.Faults.Where(fault => fault.Activated).MinBy(fault => fault.ActivatedMilliseconds)),
            first => Assert.DoesNotContain(first?.Function, (string[])["ISoundDevice.Open", "ISoundDevice.SetVolume"]));
        return trials.Count;
    });

    private static async Task<IReadOnlyList<TrialRecord>> RunAsync(string iso, CampaignPlan plan)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(3));
        using (TrialLog log = TrialLog.Open(folder, plan, 0, 1))
        {
            await Campaign.RunAsync(iso, new BootOptions(), plan, log, new CampaignRun(0, 1, 1, BuildStamp.Of(Path.GetDirectoryName(iso)!)), _ => { }, deadline.Token);
        }

        IReadOnlyList<TrialRecord> trials = TrialLog.ReadAll(folder);
        Directory.Delete(folder, recursive: true);
        return trials;
    }
}
