using System;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NooksOS.Tool.Floods;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo flood</c>: hostile segments at a machine that goes on serving.</summary>
public static class FloodDemoCommand
{
    private const int DefaultRequests = 100_000;
    private const int DefaultRate = 5000;
    private const int MostFrames = 100_000_000;

    /// <summary>For booting and for the last ends; the time of the flood comes on top.</summary>
    private const int DefaultTimeoutSeconds = 180;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        BootOptionSet boot = new(DefaultTimeoutSeconds);
        Option<int> requests = Numbers.Option(
            "--syns", "N", "requests for connections from addresses that do not exist", DefaultRequests, 0, MostFrames);
        Option<int> fuzzed = Numbers.Option("--fuzz", "N", "random TCP segments, some of them into real connections", 0, 0, MostFrames);
        Option<int> rate = Numbers.Option("--rate", "N", "frames per second", DefaultRate, 1, 100_000);
        Option<int> seed = Numbers.Option("--seed", "S", "what the frames follow from", 1, 0, int.MaxValue);
        Option<bool> json = new("--json") { Description = "print one JSON document" };
        Command command = new("flood", "Flood the guest with hostile TCP segments while it answers real requests")
        {
            requests, fuzzed, rate, seed, json,
        };
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            FloodDemoSettings settings = new(
                result.GetValue(requests), result.GetValue(fuzzed), result.GetValue(rate), result.GetValue(seed));
            BootOptions options = boot.Read(result);
            if (options.Nic == NicModels.None)
            {
                throw new HostException("a flood needs a network card");
            }

            string iso = await context.BuildAsync(interrupt);
            TimeSpan sending = TimeSpan.FromSeconds((settings.Requests + (double)settings.FuzzedSegments) / settings.FramesPerSecond);
            using Deadline deadline = new(sending + boot.ReadTimeout(result), interrupt);
            FloodDemoResult shown = await context.Progress.DuringAsync(
                string.Create(CultureInfo.InvariantCulture, $"Flooding for {sending.TotalSeconds:F0} s"),
                _ => FloodDemo.RunAsync(iso, options, settings, deadline.Token));
            Print(shown, result.GetValue(json));
            return (int)(shown.IsGood ? ExitCode.Success : ExitCode.Failure);
        });
        return command;
    }

    private static void Print(FloodDemoResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, s_json));
            return;
        }

        Grid grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        void Row(string name, object value) => grid.AddRow(name, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        Row("hostile requests sent", result.RequestsSent);
        Row("of them accepted", result.RequestsAccepted);
        Row("random segments sent", result.FuzzedSent);
        Row("resets", result.Resets);
        Row("real requests answered", result.ServiceSucceeded);
        Row("failed", result.ServiceFailed);
        Row("slowest, ms", result.ServiceLongestMilliseconds);
        Row("pages in use before", result.MemoryBefore.UsedPages);
        Row("after", result.MemoryAfter.UsedPages);
        Row("of them nobody's before", result.MemoryBefore.OtherPages);
        Row("after", result.MemoryAfter.OtherPages);
        Row("connections left", result.ConnectionsAfter);
        Row("extensions that failed", result.Faults);
        AnsiConsole.Write(grid);
    }
}
