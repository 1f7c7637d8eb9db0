using System;
using System.CommandLine;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo</c>, and its <c>echo</c>: real packets through a driver that keeps crashing.</summary>
public static class DemoCommand
{
    private const int DefaultSeconds = 30;
    private const int DefaultRate = 2000;

    /// <summary>For booting and for the last answers; the time of the datagrams comes on top.</summary>
    private const int DefaultTimeoutSeconds = 120;

    /// <summary>Makes the command with its demonstrations.</summary>
    public static Command Create(CommandContext context) =>
        new("demo", "Demonstrations")
        {
            CreateEcho(context),
            FloodDemoCommand.Create(context),
            RequestsDemoCommand.Create(context),
            TransferDemoCommand.Create(context),
            FilesDemoCommand.Create(context),
            PowerCutDemoCommand.Create(context),
            MatrixDemoCommand.Create(context),
            UpgradeDemoCommand.Create(context),
            SoundDemoCommand.Create(context),
        };

    private static Command CreateEcho(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds);
        Option<int> seconds = Numbers.Option("--seconds", "N", "how long datagrams are sent", DefaultSeconds, 1, 86400);
        Option<int> rate = Numbers.Option("--rate", "N", "datagrams per second", DefaultRate, 1, 100_000);
        Option<int> seed = Numbers.Option("--seed", "S", "what sizes and contents follow from", 1, 0, int.MaxValue);
        Option<string?> extension = new("--extension")
        {
            Description = "which extension is crashed [default: the driver of the network card]",
            HelpName = "NAME",
        };
        Option<TimeSpan?> interval = Numbers.DurationOption(
            "--crash-every", "crash the extension each T (such as 1s or 500ms), with rotating kinds; never without this option");
        Command command = new("echo", "Send datagrams at the guest's echo port while its driver is crashed")
        {
            seconds, interval, rate, seed, extension,
        };
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            EchoDemoSettings settings = new(
                result.GetValue(extension) ?? options.NetworkDriver!,
                TimeSpan.FromSeconds(result.GetValue(seconds)),
                result.GetValue(interval),
                result.GetValue(rate),
                result.GetValue(seed));
            MachineExtensions.Require(options, hasDisk: false, [settings.Extension]);
            return demonstration.RunAsync(
                result,
                $"Sending for {result.GetValue(seconds)} s",
                settings.Duration,
                (iso, cancellation) => EchoDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => shown.IsGood,
                interrupt);
        });
        return command;
    }

    private static void Show(EchoDemoResult result) => Report.WriteList(
        ("datagrams sent", result.Sent),
        ("answered", result.Answered),
        ("lost", result.Lost),
        ("duplicated", result.Duplicated),
        ("corrupted", result.Corrupted),
        ("longest gap, ms", result.LongestGapMilliseconds),
        ("crashes", result.Crashes),
        ("recovered", result.Recovered),
        ("recovery p50, ms", result.RecoveryP50Milliseconds),
        ("recovery p99, ms", result.RecoveryP99Milliseconds));
}
