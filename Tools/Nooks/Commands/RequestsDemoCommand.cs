using System;
using System.CommandLine;
using System.Linq;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using NooksOS.Tool.Requests;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo requests</c>: very many requests, every reply of which is checked.</summary>
internal static class RequestsDemoCommand
{
    private const int DefaultRequests = 100_000;
    private const int MostRequests = 1_000_000_000;
    private const int DefaultTimeoutSeconds = 3600;

    // The emulator accepts one connection at a time, so that many at once find each other's place taken and try again seconds later.
    private const int DefaultConnections = 16;
    private const int MostConnections = 1000;
    private const string WebServer = "khttpd";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds, hasPeers: true);
        Option<int> requests = Numbers.Option("--requests", "N", "how many requests are made at least", DefaultRequests, 1, MostRequests);
        Option<int> connections = Numbers.Option(
            "--connections", "N", "how many connections make them", DefaultConnections, 1, MostConnections);
        CrashOptions crashes = new();
        Command command = new("requests", "Make many requests of the guest's web server by wrk while extensions are crashed")
        {
            requests, connections,
        };
        crashes.AddTo(command);
        demonstration.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            RequestsSettings settings = new(
                result.GetValue(requests),
                result.GetValue(connections),
                crashes.ReadExtensions(result, options),
                crashes.ReadInterval(result));
            await new Prerequisites(context.Progress).EnsureAsync([DebianPackage.LoadGenerator], interrupt);
            return await demonstration.RunAsync(
                result,
                $"Making {settings.Requests} requests",
                TimeSpan.Zero,
                (iso, cancellation) => RequestsDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => settings.CrashInterval is not null && settings.Extensions.Contains(WebServer) ? shown.IsRight : shown.IsFaultless,
                interrupt);
        });
        return command;
    }

    private static void Show(RequestsResult result) => Report.WriteList(
        ("requests", result.Requests),
        ("wrong replies", result.WrongReplies),
        ("errors", result.Errors),
        ("time-outs", result.Timeouts),
        ("crashes", result.Crashes),
        ("connections", result.Connections),
        ("requests per second", result.RequestsPerSecond),
        ("reply p50, ms", result.P50Milliseconds),
        ("reply p99, ms", result.P99Milliseconds),
        ("longest, ms", result.LongestMilliseconds));
}
