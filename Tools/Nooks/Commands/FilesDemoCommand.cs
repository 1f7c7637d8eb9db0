using System;
using System.Collections.Generic;
using System.CommandLine;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo files</c>: a tree of files is copied while the file system, then the driver of the disk, keeps crashing.</summary>
internal static class FilesDemoCommand
{
    private const int DefaultFiles = 5000;
    private const int MostFiles = 100_000;
    private const int DefaultMegabytes = 512;
    private const int LeastMegabytes = 64;
    private const int MostMegabytes = 100_000;
    private const int DefaultTimeoutSeconds = 3600;

    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromSeconds(1);

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds);
        Option<int> files = Numbers.Option("--files", "N", "how many files the tree has", DefaultFiles, 1, MostFiles);
        Option<int> megabytes = Numbers.Option("--megabytes", "N", "size of the disk", DefaultMegabytes, LeastMegabytes, MostMegabytes);
        Option<int> seed = Numbers.Option("--seed", "S", "what the tree follows from", 1, 0, int.MaxValue);
        Option<TimeSpan?> interval = Numbers.DurationOption(
            "--crash-every", "crash the extension each T (such as 1s or 500ms), with rotating kinds [default: 1s]");
        Option<string[]> extensions = new("--extension")
        {
            Description = $"what is crashed (may be repeated: the tree is copied once for each) [default: {MachineExtensions.FileSystem}, then the disk's driver]",
            HelpName = "NAME",
        };
        Command command = new("files", "Copy a tree of files while the file system, then the driver of the disk, is crashed")
        {
            files, megabytes, seed, interval, extensions,
        };
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            IReadOnlyList<string> crashed = result.GetValue(extensions) is { Length: > 0 } names ? names : [MachineExtensions.FileSystem, options.DiskDriver];
            MachineExtensions.Require(options, hasDisk: true, crashed);
            FilesSettings settings = new(
                result.GetValue(files),
                result.GetValue(megabytes),
                result.GetValue(seed),
                crashed,
                result.GetValue(interval) ?? s_defaultInterval);
            return demonstration.RunAsync(
                result,
                $"Copying {settings.Files} files {crashed.Count} times",
                TimeSpan.Zero,
                (iso, cancellation) => FilesDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => shown.IsGood,
                interrupt);
        });
        return command;
    }

    private static void Show(FilesResult result)
    {
        foreach (CopyResult copy in result.Copies)
        {
            Report.WriteList(
                ("crashed while copying", copy.Extension),
                ("crashes", copy.Crashes),
                ("seconds", copy.Seconds),
                ("error", copy.Error),
                ("files", result.Files),
                ("identical in the guest", copy.IdenticalInGuest),
                ("identical on the host", copy.IdenticalOnHost));
        }

        Report.WriteList(
            ("fsck.vfat", result.Check.Count == 0 ? "clean" : string.Join("; ", result.Check)),
            ("failures", result.Faults),
            ("recovered", result.Recovered),
            ("objects and pages leaked", result.Leaked),
            ("recovery p50, ms", result.RecoveryP50Milliseconds),
            ("recovery p99, ms", result.RecoveryP99Milliseconds));
    }
}
