using System;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo</c>, and its <c>echo</c>: real packets through a driver that keeps crashing.</summary>
public static class DemoCommand
{
    private const int DefaultSeconds = 30;
    private const int DefaultRate = 2000;

    /// <summary>For booting and for the last answers; the time of the datagrams comes on top.</summary>
    private const int DefaultTimeoutSeconds = 120;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes the command with its demonstrations.</summary>
    public static Command Create(CommandContext context) =>
        new("demo", "Demonstrations") { CreateEcho(context), FloodDemoCommand.Create(context), TransferDemoCommand.Create(context) };

    private static Command CreateEcho(CommandContext context)
    {
        BootOptionSet boot = new(DefaultTimeoutSeconds);
        Option<int> seconds = Numbers.Option("--seconds", "N", "how long datagrams are sent", DefaultSeconds, 1, 86400);
        Option<int> rate = Numbers.Option("--rate", "N", "datagrams per second", DefaultRate, 1, 100_000);
        Option<int> seed = Numbers.Option("--seed", "S", "what sizes and contents follow from", 1, 0, int.MaxValue);
        Option<bool> json = new("--json") { Description = "print one JSON document" };
        Option<string?> extension = new("--extension")
        {
            Description = "which extension is crashed [default: the driver of the network card]",
            HelpName = "NAME",
        };
        Option<TimeSpan?> interval = Numbers.DurationOption(
            "--crash-every", "crash the extension each T (such as 1s or 500ms), with rotating kinds; never without this option");
        Command command = new("echo", "Send datagrams at the guest's echo port while its driver is crashed")
        {
            seconds, interval, rate, seed, extension, json,
        };
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = boot.Read(result);
            EchoDemoSettings settings = new(
                result.GetValue(extension) ?? options.NetworkDriver ?? throw new HostException("datagrams need a network card"),
                TimeSpan.FromSeconds(result.GetValue(seconds)),
                result.GetValue(interval),
                result.GetValue(rate),
                result.GetValue(seed));
            string iso = await context.BuildAsync(interrupt);
            using Deadline deadline = new(settings.Duration + boot.ReadTimeout(result), interrupt);
            EchoDemoResult shown = await context.Progress.DuringAsync(
                $"Sending for {result.GetValue(seconds)} s",
                _ => EchoDemo.RunAsync(iso, options, settings, deadline.Token));
            Print(shown, result.GetValue(json));
            return (int)(shown.IsGood ? ExitCode.Success : ExitCode.Failure);
        });
        return command;
    }

    private static void Print(EchoDemoResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, s_json));
            return;
        }

        Grid grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        void Row(string name, object? value) =>
            grid.AddRow(name, value is null ? "-" : string.Format(CultureInfo.InvariantCulture, value is double ? "{0:F1}" : "{0}", value));
        Row("datagrams sent", result.Sent);
        Row("answered", result.Answered);
        Row("lost", result.Lost);
        Row("duplicated", result.Duplicated);
        Row("corrupted", result.Corrupted);
        Row("longest gap, ms", result.LongestGapMilliseconds);
        Row("crashes", result.Crashes);
        Row("recovered", result.Recovered);
        Row("recovery p50, ms", result.RecoveryP50Milliseconds);
        Row("recovery p99, ms", result.RecoveryP99Milliseconds);
        AnsiConsole.Write(grid);
    }
}
