using System;
using System.CommandLine;
using NooksOS.Tool.Options;
using NooksOS.Tool.Transfers;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo upgrade</c>: an extension is replaced from a file under a download.</summary>
internal static class UpgradeDemoCommand
{
    private const int DefaultMegabytes = 100;
    private const int MaximumMegabytes = 100_000;
    private const long BytesPerMegabyte = 1_000_000;
    private const int DefaultTimeoutSeconds = 1800;

    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromSeconds(1);

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds);
        Option<int> megabytes = Numbers.Option("--megabytes", "N", "how much is downloaded", DefaultMegabytes, 1, MaximumMegabytes);
        Option<TimeSpan?> interval = Numbers.DurationOption("--every", "replace the extension each T (such as 1s or 500ms) [default: 1s]");
        Option<string?> extension = new("--extension")
        {
            Description = "which extension is replaced [default: the driver of the network card]",
            HelpName = "NAME",
        };
        Command command = new("upgrade", "Download over one connection while an extension is replaced by the image in a file on the disk")
        {
            megabytes, interval, extension,
        };
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            UpgradeSettings settings = new(
                result.GetValue(extension) ?? options.NetworkDriver!,
                result.GetValue(megabytes) * BytesPerMegabyte,
                result.GetValue(interval) ?? s_defaultInterval);
            MachineExtensions.Require(options, hasDisk: true, [settings.Extension]);
            return demonstration.RunAsync(
                result,
                $"Downloading {result.GetValue(megabytes)} MB while {settings.Extension} is replaced",
                TimeSpan.Zero,
                (iso, cancellation) => UpgradeDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => shown.IsGood,
                interrupt);
        });
        return command;
    }

    private static void Show(UpgradeResult result) => Report.WriteList(
        ("extension", result.Extension),
        ("replaced", result.Upgrades),
        ("bytes", result.Bytes),
        ("identical", result.Identical ? "yes" : "NO"),
        ("broken connections", result.BrokenRequests),
        ("pause p50, ms", result.PauseP50Milliseconds),
        ("pause p99, ms", result.PauseP99Milliseconds),
        ("longest pause, ms", result.LongestPauseMilliseconds));
}
