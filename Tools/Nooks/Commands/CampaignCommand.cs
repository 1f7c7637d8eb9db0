using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks campaign</c>: many trials of injected faults, and what became of each.</summary>
internal static class CampaignCommand
{
    private const int DefaultTrials = 400;
    private const int MaximumTrials = 10_000_000;
    private const int DefaultFaults = 5;
    private const int MaximumFaults = 64;
    private const int MaximumJobs = 256;

    private static readonly string[] s_types =
    [
        "text", "source", "destination", "pointer", "initialization", "nop", "branch", "loop", "interface", "off-by-one",
        "allocation-failure", "leak", "double-free", "premature-free", "copy-overrun", "unacknowledged-interrupt", "wrong-dma",
        "blocking-interrupt", "no-reply",
    ];

    private const string Kept = "all trials that were finished are kept, and the same command goes on";

    private static readonly string[] s_modes = ["domain", "direct"];
    private static readonly string[] s_protections = ["ring3", "pagetable", "pks"];

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Option<string[]> extensions = new("--extension")
        {
            Description = "extensions that get faults [default: the network card's driver, tcpip and khttpd]",
            HelpName = "NAME...",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string[]> types = ListOption("--types", "types of faults, which share the trials equally [default: all]", s_types);
        Option<int> trials = Numbers.Option("--trials", "N", "trials of each extension in each configuration", DefaultTrials, 1, MaximumTrials);
        Option<int> faults = Numbers.Option("--faults-per-trial", "N", "faults in a trial", DefaultFaults, 1, MaximumFaults);
        Option<int> seed = Numbers.Option("--seed", "S", "what all faults follow from", 1, 0, int.MaxValue);
        Option<string[]> modes = ListOption("--mode", "with domains, without protection, or the same faults in both [default: both]", s_modes);
        Option<string[]> protections = ListOption("--protection", "what protects domains [default: ring3]", s_protections);
        Option<(int Index, int Count)?> shard = ShardOption();
        Option<int> jobs = Numbers.Option("--jobs", "J", "machines at a time", Math.Max(1, Environment.ProcessorCount / 2), 1, MaximumJobs);
        Option<string> nic = BootOptionSet.Choice("--nic", "the network card [default: one that an extension drives]", NicModels.Names, byDefault: null);
        Option<string> iommu = BootOptionSet.Iommus(Iommu.On);
        Option<string> folder = new("--out") { Description = "where results go; a campaign that is there goes on", HelpName = "DIR", DefaultValueFactory = _ => "campaign" };
        folder.Validators.Add(result => NamedFiles.RefuseEmpty(result, folder.Name));
        Command command = new("campaign", "Inject faults in many trials and classify what became of each")
        {
            extensions, types, trials, faults, seed, modes, protections, shard, jobs, nic, iommu, folder,
        };
        command.Subcommands.Add(CampaignReplayCommand.Create(context));
        command.SetAction(async (result, interrupt) =>
        {
            string[] names = [.. (result.GetValue(extensions) ?? []).Distinct()];
            BootOptions options = new()
            {
                Nic = result.GetValue(nic) ?? TrialDevices.NicFor(names),
                Iommu = BootOptionSet.Value<Iommu>(result, iommu),
            };
            string[] chosen = names.Length > 0
                ? names
                : [options.NetworkDriver ?? throw new HostException("a campaign needs a network card"), "tcpip", "khttpd"];
            CampaignPlan plan = new()
            {
                Extensions = chosen,
                Types = Chosen(result.GetValue(types), s_types),
                Configurations = Configurations(Chosen(result.GetValue(modes), s_modes), Chosen(result.GetValue(protections), s_protections[..1])),
                Trials = result.GetValue(trials),
                FaultsPerTrial = result.GetValue(faults),
                Seed = result.GetValue(seed),
                Nic = options.Nic,
                Iommu = options.Iommu,
            };
            TrialDevices.For(chosen).Require(chosen, options.NetworkDriver);
            (int index, int count) = result.GetValue(shard) ?? (0, 1);
            using TrialLog log = TrialLog.Open(result.GetValue(folder)!, plan, index, count);
            string iso = await context.BuildForAsync(options, interrupt);
            string build = BuildStamp.Of(context.Tree.Artifacts);
            SayIfAnotherBuild(result.GetValue(folder)!, build);
            try
            {
                await context.Progress.DuringAsync("Injecting faults", async report =>
                {
                    Action<string> tell = Progress.IsTerminal ? report : SayNowAndThen();
                    await Campaign.RunAsync(iso, options, plan, log, new CampaignRun(index, count, result.GetValue(jobs), build), tell, interrupt);
                    return log.Finished.Count;
                });
            }
            catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
            {
                Progress.Say($"nooks: interrupted; {Kept}");
                throw;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or HostException or MachineEndedException)
            {
                Progress.Say($"nooks: stopped; {Kept}");
                throw;
            }

            Console.Write(CampaignText.Write(new CampaignSummary(plan, TrialLog.ReadAll(result.GetValue(folder)!))));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void SayIfAnotherBuild(string folder, string build)
    {
        int others = TrialLog.ReadAll(folder).Count(trial => trial.Build != build);
        if (others > 0)
        {
            Progress.Say($"nooks: {others} of the trials in {folder} were made with another build than this one ({build}), which the report counts together");
        }
    }

    private static CampaignConfiguration[] Configurations(string[] modes, string[] protections) =>
    [
        .. modes.Contains("domain") ? protections.Select(protection => new CampaignConfiguration("domain", protection)) : [],
        .. modes.Contains("direct") ? [CampaignConfiguration.Direct] : Array.Empty<CampaignConfiguration>(),
    ];

    // A list that was not given is empty.
    private static string[] Chosen(string[]? given, string[] byDefault) => given is { Length: > 0 } ? given : byDefault;

    private static Action<string> SayNowAndThen()
    {
        TimeSpan interval = TimeSpan.FromSeconds(10);
        DateTime next = DateTime.MinValue;
        return line =>
        {
            if (DateTime.UtcNow >= next)
            {
                next = DateTime.UtcNow + interval;
                Progress.Say(line);
            }
        };
    }

    // The usual value is a part of the description: the library writes values that are not plain as nobody would type them.
    private static Option<string[]> ListOption(string name, string description, string[] known) => new(name)
    {
        Description = $"{description}; of {string.Join(",", known)}",
        HelpName = "LIST",
        CustomParser = result =>
        {
            string[] words = [.. result.Tokens.SelectMany(token => token.Value.Split(','))];
            if (Array.Find(words, word => !known.Contains(word)) is { } unknown)
            {
                result.AddError($"{name} takes words of {string.Join(",", known)}, not '{unknown}'");
            }

            // In one order, so that the same set is the same campaign.
            return [.. known.Where(words.Contains)];
        },
    };

    private static Option<(int Index, int Count)?> ShardOption() => new("--shard")
    {
        Description = "run only part I of N; all parts may write to one folder [default: 1/1]",
        HelpName = "I/N",
        CustomParser = result =>
        {
            string[] parts = result.Tokens[0].Value.Split('/');
            bool isRight = parts.Length == 2
                & int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                & int.TryParse(parts.Length == 2 ? parts[1] : string.Empty, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && index >= 1 && index <= count;
            if (!isRight)
            {
                result.AddError($"--shard takes I/N with I from 1 to N, not '{result.Tokens[0].Value}'");
            }

            return (index - 1, count);
        },
    };
}
