using System;
using System.CommandLine;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using NooksOS.Tool.Sound;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo sound</c>: music that does not stop while its driver keeps crashing.</summary>
internal static class SoundDemoCommand
{
    private const int DefaultSeconds = 20;
    private const int MaximumSeconds = 300;
    private const int DefaultTimeoutSeconds = 120;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds, sound: SoundModels.PciCard);
        Option<int> seconds = Numbers.Option("--seconds", "N", "length of the track", DefaultSeconds, 1, MaximumSeconds);
        Option<int> seed = Numbers.Option("--seed", "S", "what the track follows from", 1, 0, int.MaxValue);
        Option<TimeSpan?> interval = Numbers.DurationOption(
            "--crash-every", "crash the driver each T (such as 5s or 500ms), with rotating kinds; never without this option");
        Option<TimeSpan?> silence = Numbers.DurationOption(
            "--longest-silence", "fail if the card stands still for longer than T at a crash; to be used with --count-instructions, "
                + "where time does not depend on what else the host does");
        Command command = new("sound", "Play a track and record it while the driver of the sound card is crashed")
        {
            seconds, seed, interval, silence,
        };
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            if (options.SoundDriver is null)
            {
                throw new HostException("the demonstration needs a sound card");
            }

            SoundDemoSettings settings = new(
                TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(interval), result.GetValue(seed), result.GetValue(silence));
            return demonstration.RunAsync(
                result,
                $"Playing for {result.GetValue(seconds)} s",
                settings.Duration,
                (iso, cancellation) => SoundDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => shown.IsGood,
                interrupt);
        });
        return command;
    }

    private static void Show(SoundDemoResult result) => Report.WriteList(
        ("frames", result.Frames),
        ("identical", result.IdenticalFrames),
        ("difference", result.Difference),
        ("crashes", result.Crashes),
        ("underruns", result.Underruns),
        ("silences", result.Silences),
        ("silence p50, ms", result.SilenceP50Milliseconds),
        ("silence p99, ms", result.SilenceP99Milliseconds),
        ("longest silence, ms", result.LongestSilenceMilliseconds),
        ("longest recorded silence, ms", result.LongestRecordedSilenceMilliseconds));
}
