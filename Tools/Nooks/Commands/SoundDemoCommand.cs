using System;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using NooksOS.Tool.Sound;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo sound</c>: music that does not stop while its driver keeps crashing.</summary>
internal static class SoundDemoCommand
{
    private const int DefaultSeconds = 20;
    private const int MaximumSeconds = 300;
    private const int DefaultTimeoutSeconds = 120;
    private const string DefaultCard = "ES1370";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        BootOptionSet boot = new(DefaultTimeoutSeconds);
        Option<int> seconds = Numbers.Option("--seconds", "N", "length of the track", DefaultSeconds, 1, MaximumSeconds);
        Option<int> seed = Numbers.Option("--seed", "S", "what the track follows from", 1, 0, int.MaxValue);
        Option<TimeSpan?> interval = Numbers.DurationOption(
            "--crash-every", "crash the driver each T (such as 5s or 500ms), with rotating kinds; never without this option");
        Option<TimeSpan?> silence = Numbers.DurationOption(
            "--longest-silence", "fail if the card stands still for longer than T at a crash; to be used with --count-instructions, "
                + "where time does not depend on what else the host does");
        Option<bool> json = new("--json") { Description = "print one JSON document" };
        Command command = new("sound", "Play a track and record it while the driver of the sound card is crashed")
        {
            seconds, seed, interval, silence, json,
        };
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = boot.Read(result);
            options = options.SoundDriver is null ? options with { Sound = DefaultCard } : options;
            SoundDemoSettings settings = new(
                TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(interval), result.GetValue(seed), result.GetValue(silence));
            string iso = await context.BuildAsync(interrupt);
            using Deadline deadline = new(settings.Duration + boot.ReadTimeout(result), interrupt);
            SoundDemoResult shown = await context.Progress.DuringAsync(
                $"Playing for {result.GetValue(seconds)} s", _ => SoundDemo.RunAsync(iso, options, settings, deadline.Token));
            Print(shown, result.GetValue(json));
            return (int)(shown.IsGood ? ExitCode.Success : ExitCode.Failure);
        });
        return command;
    }

    private static void Print(SoundDemoResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, s_json));
            return;
        }

        Grid grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        void Row(string name, object? value) =>
            grid.AddRow(name, value is null ? "-" : string.Format(CultureInfo.InvariantCulture, value is double ? "{0:F1}" : "{0}", value));
        Row("frames", result.Frames);
        Row("identical", result.IdenticalFrames);
        Row("difference", result.Difference);
        Row("crashes", result.Crashes);
        Row("underruns", result.Underruns);
        Row("silences", result.Silences);
        Row("silence p50, ms", result.SilenceP50Milliseconds);
        Row("silence p99, ms", result.SilenceP99Milliseconds);
        Row("longest silence, ms", result.LongestSilenceMilliseconds);
        Row("longest recorded silence, ms", result.LongestRecordedSilenceMilliseconds);
        AnsiConsole.Write(grid);
    }
}
