using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks campaign replay</c>: one trial again, in a fresh boot, with a gdb stub and the whole log.</summary>
internal static class CampaignReplayCommand
{
    private const int DefaultPort = 1234;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Argument<string> folder = new("DIR") { Description = "the folder of the campaign" };
        folder.Validators.Add(result => NamedFiles.RefuseEmpty(result, folder.Name));
        Argument<string> trial = new("TRIAL") { Description = "EXTENSION/TRIAL, or EXTENSION/CONFIGURATION/TRIAL such as e1000/direct/7" };
        Option<int> port = Numbers.Option("--port", "N", "the TCP port of the gdb stub on 127.0.0.1", DefaultPort, 1, ushort.MaxValue);
        Option<bool> wait = new("--wait") { Description = "let the machine wait for gdb before it runs" };
        Command command = new("replay", "Run one trial again in a fresh boot, with a gdb stub and the whole log") { folder, trial, port, wait };
        command.SetAction(async (result, interrupt) =>
        {
            CampaignPlan plan = TrialLog.ReadPlan(result.GetValue(folder)!);
            TrialKey key = Find(plan, result.GetValue(trial)!);
            TrialRecord? before = TrialLog.ReadAll(result.GetValue(folder)!).FirstOrDefault(finished => finished.Key() == key);
            BootOptions options = new()
            {
                Nic = plan.Nic,
                Iommu = plan.Iommu,
                DebuggerPort = result.GetValue(port),
                WaitsForDebugger = result.GetValue(wait),
            };
            string iso = await context.BuildForAsync(options, interrupt);
            Progress.Say($"gdb {context.Tree.KernelSymbolFile} -ex 'target remote 127.0.0.1:{options.DebuggerPort}'");
            await using TrialRunner runner = new(iso, options, plan);
            TrialRecord record = await runner.RunAsync(key, interrupt) with { Build = BuildStamp.Of(context.Tree.Artifacts) };
            Directory.CreateDirectory(context.Tree.Logs);
            string log = Path.Combine(context.Tree.Logs, $"{key.Extension}-{key.Configuration.Name}-{key.Trial}.log");
            await File.WriteAllTextAsync(log, runner.LastConsole, interrupt);
            Console.WriteLine(JsonSerializer.Serialize(record, s_json));
            SayWhatItWasBefore(before, record);
            Progress.Say($"The console is in {log}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void SayWhatItWasBefore(TrialRecord? before, TrialRecord now)
    {
        if (before is not null)
        {
            string other = before.Build == now.Build ? string.Empty : $", with another build than this one: {before.Build ?? "not known"}, not {now.Build}";
            Progress.Say($"In the campaign it was {TrialOutcomes.NameOf(before.Outcome)}{other}; now it is {TrialOutcomes.NameOf(now.Outcome)}");
        }
    }

    private static TrialKey Find(CampaignPlan plan, string text)
    {
        string[] parts = text.Split('/');
        CampaignConfiguration? configuration = parts.Length == 3
            ? plan.Configurations.FirstOrDefault(candidate => candidate.Name == parts[1])
            : plan.Configurations[0];
        bool isKnown = parts.Length is 2 or 3
            & int.TryParse(parts[^1], out int number)
            && number >= 0 && number < plan.Trials
            && configuration is not null
            && plan.Extensions.Contains(parts[0]);
        return isKnown
            ? new TrialKey(parts[0], configuration!, number)
            : throw new HostException($"there is no trial '{text}'; extensions: {string.Join(", ", plan.Extensions)}; "
                + $"configurations: {string.Join(", ", plan.Configurations.Select(known => known.Name))}; trials: 0 to {plan.Trials - 1}");
    }
}
