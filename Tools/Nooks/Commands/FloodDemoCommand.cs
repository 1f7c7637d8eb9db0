using System;
using System.CommandLine;
using System.Globalization;
using NooksOS.Tool.Floods;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo flood</c>: hostile segments at a machine that goes on serving.</summary>
public static class FloodDemoCommand
{
    private const int DefaultRequests = 100_000;
    private const int DefaultRate = 5000;
    private const int MostFrames = 100_000_000;

    /// <summary>For booting and for the last ends; the time of the flood comes on top.</summary>
    private const int DefaultTimeoutSeconds = 180;
    private const int BrokenRequestsPerSecond = 50;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds, hasPeers: true);
        Option<int> requests = Numbers.Option(
            "--syns", "N", "requests for connections from addresses that do not exist", DefaultRequests, 0, MostFrames);
        Option<int> fuzzed = Numbers.Option("--fuzz", "N", "random TCP segments, some of them into real connections", 0, 0, MostFrames);
        Option<int> broken = Numbers.Option(
            "--requests", "N", "broken HTTP requests, over a connection each", 0, 0, MostFrames);
        Option<int> rate = Numbers.Option("--rate", "N", "frames per second", DefaultRate, 1, 100_000);
        Option<int> seed = Numbers.Option("--seed", "S", "what the frames follow from", 1, 0, int.MaxValue);
        Command command = new("flood", "Flood the guest with hostile TCP segments and broken requests while it answers real requests")
        {
            requests, fuzzed, broken, rate, seed,
        };
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            FloodDemoSettings settings = new(
                result.GetValue(requests), result.GetValue(fuzzed), result.GetValue(rate), result.GetValue(seed))
            {
                BrokenRequests = result.GetValue(broken),
            };
            BootOptions options = demonstration.ReadMachine(result);
            TimeSpan sending = TimeSpan.FromSeconds((settings.Requests + (double)settings.FuzzedSegments) / settings.FramesPerSecond)
                + TimeSpan.FromSeconds((double)settings.BrokenRequests / BrokenRequestsPerSecond);
            return demonstration.RunAsync(
                result,
                string.Create(CultureInfo.InvariantCulture, $"Flooding for up to {sending.TotalSeconds:F0} s"),
                sending,
                (iso, cancellation) => FloodDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => shown.IsGood,
                interrupt);
        });
        return command;
    }

    private static void Show(FloodDemoResult result) => Report.WriteList(
        ("hostile requests sent", result.RequestsSent),
        ("of them accepted", result.RequestsAccepted),
        ("random segments sent", result.FuzzedSent),
        ("resets", result.Resets),
        ("broken HTTP requests", result.BrokenRequestsSent),
        ("of them neither answered nor ended", result.BrokenRequestsStalled),
        ("real requests answered", result.ServiceSucceeded),
        ("failed", result.ServiceFailed),
        ("the first of them", result.ServiceFirstFailure),
        ("slowest, ms", result.ServiceLongestMilliseconds),
        ("pages in use before", result.MemoryBefore.UsedPages),
        ("after", result.MemoryAfter.UsedPages),
        ("of them nobody's before", result.MemoryBefore.OtherPages),
        ("after", result.MemoryAfter.OtherPages),
        ("connections left", result.ConnectionsAfter),
        ("extensions that failed", result.Faults),
        ("the first of them", result.FirstFault));
}
