using System;
using System.CommandLine;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo powercut</c>: the emulator is killed again and again while files are written.</summary>
internal static class PowerCutDemoCommand
{
    private const int DefaultKills = 20;
    private const int MostKills = 100_000;
    private const int DefaultTimeoutSeconds = 7200;
    private const string DefaultFat = "32";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds);
        Option<int> kills = Numbers.Option("--kills", "N", "how often the emulator is killed", DefaultKills, 1, MostKills);
        Option<int> seed = Numbers.Option("--seed", "S", "what the load and the moments follow from", 1, 0, int.MaxValue);
        Option<string> fat = BootOptionSet.Choice("--fat", "the kind of file system", ["16", DefaultFat], DefaultFat);
        Command command = new("powercut", "Kill the emulator while archives are unpacked, and look at the disk: nothing flushed may be missing")
        {
            kills, seed, fat,
        };
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            PowerCutSettings settings = new(result.GetValue(kills), result.GetValue(seed), result.GetValue(fat) == DefaultFat ? 32 : 16);
            return demonstration.RunAsync(
                result,
                $"Killing {settings.Kills} machines",
                TimeSpan.Zero,
                (iso, cancellation) => PowerCutDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => shown.IsGood,
                interrupt);
        });
        return command;
    }

    private static void Show(PowerCutResult result)
    {
        Report.WriteList(
            ("kills", result.Kills),
            ("of them while booting", result.KillsWhileBooting),
            ("changes of files", result.Changes),
            ("of them flushed", result.FlushedChanges),
            ("flushed files looked at", result.FilesChecked),
            ("disks that were marked as in use", result.DisksInUse),
            ("problems", result.Problems.Count));
        foreach (string problem in result.Problems)
        {
            Console.WriteLine(problem);
        }
    }
}
