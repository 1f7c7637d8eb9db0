using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

public sealed class InjectedFaults
{
    // The kernel takes no notice of it, and who looks for a machine of this test finds it.
    private const string Mark = "machine=killed";

    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);
    private static readonly Comparer<TrialKey> s_byNumber = Comparer<TrialKey>.Create((one, other) => one.Trial.CompareTo(other.Trial));

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
    // Of these three the faults strike within the first track. Between two tracks an interrupt may wait while the next one is opened.
    [Fact]
    public Task AnInterruptGoesUnacknowledgedWhereThereIsOne() => BootTest.InSlotAsync(async iso =>
    {
        CampaignPlan plan = s_plan with { Extensions = ["sb16"], Types = ["unacknowledged-interrupt"], Trials = 3, FaultsPerTrial = 20 };
        IReadOnlyList<TrialRecord> trials = await RunAsync(iso, plan);
        Assert.Contains(trials, trial => trial.DetectedBy == "interruptStorm");
        Assert.All(
            trials.Select(trial => trial.Faults.Where(fault => fault.Activated).MinBy(fault => fault.ActivatedMilliseconds)),
            first => Assert.DoesNotContain(first?.Function, (string[])["ISoundDevice.Open", "ISoundDevice.SetVolume"]));
        return trials.Count;
    });

    // Where the emulator was killed while its machine was shown to work, the campaign ended, and a trial that met two kills was counted as done.
    [Fact]
    public Task EmulatorsThatSomebodyKillsCostNoTrial() => BootTest.InSlotAsync(async iso =>
    {
        const int Kills = 6;
        CampaignPlan plan = s_plan with { Extensions = ["e1000"], Trials = 6 };
        using CancellationTokenSource end = new();
        Task<int> killing = KillAsync(Kills, end.Token);
        IReadOnlyList<TrialRecord> trials = await RunAsync(iso, plan, new BootOptions { KernelArguments = Mark });
        await end.CancelAsync();
        Assert.InRange(await killing, 1, Kills);
        Assert.Equal(plan.Keys(0, 1).Order(s_byNumber), trials.Select(trial => trial.Key()).Order(s_byNumber));
        Assert.All(trials, trial => Assert.True(trial.Outcome < TrialOutcome.EmulatorFailed, $"{trial.Key()}: {trial.Outcome}, {trial.Detail}"));
        return trials.Count;
    });

    // Each of them is let live a little longer: the first ones end while they boot.
    private static async Task<int> KillAsync(int most, CancellationToken end)
    {
        int kills = 0;
        HashSet<int> killed = [];
        while (kills < most && !end.IsCancellationRequested)
        {
            foreach (Process emulator in Process.GetProcesses().Where(process => !killed.Contains(process.Id) && IsMarked(process.Id)))
            {
                await Task.Delay(s_life * kills++, CancellationToken.None);
                emulator.Kill();
                killed.Add(emulator.Id);
                break;
            }

            await Task.Delay(s_look, CancellationToken.None);
        }

        return kills;
    }

    private static bool IsMarked(int process)
    {
        try
        {
            string command = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/cmdline");
            return command.StartsWith(QemuCommandLine.Program, StringComparison.Ordinal) && command.Contains(Mark, StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<IReadOnlyList<TrialRecord>> RunAsync(string iso, CampaignPlan plan, BootOptions? options = null)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(3));
        using (TrialLog log = TrialLog.Open(folder, plan, 0, 1))
        {
            await Campaign.RunAsync(iso, options ?? new BootOptions(), plan, log, new CampaignRun(0, 1, 1, BuildStamp.Of(Path.GetDirectoryName(iso)!)), _ => { }, deadline.Token);
        }

        IReadOnlyList<TrialRecord> trials = TrialLog.ReadAll(folder);
        Directory.Delete(folder, recursive: true);
        return trials;
    }
}
