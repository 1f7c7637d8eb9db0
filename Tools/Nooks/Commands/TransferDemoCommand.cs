using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using NooksOS.Tool.Transfers;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo transfer</c>: large transfers over TCP while what carries them keeps crashing.</summary>
internal static class TransferDemoCommand
{
    private const int DefaultMegabytes = 100;
    private const int MaximumMegabytes = 1_000_000;
    private const long BytesPerMegabyte = 1_000_000;
    private const int DefaultTimeoutSeconds = 3600;
    private const string WebServer = "khttpd";

    // What a crash of the server may cost; a request that only drivers and the stack can break is made as large as it gets.
    private const long PieceBytes = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        BootOptionSet boot = new(DefaultTimeoutSeconds);
        Option<int> megabytes = Numbers.Option("--megabytes", "N", "how much is transferred in each direction", DefaultMegabytes, 1, MaximumMegabytes);
        Option<TimeSpan?> interval = Numbers.DurationOption(
            "--crash-every", "crash an extension each T (such as 1s or 500ms), with rotating kinds; never without this option");
        Option<string[]> extensions = new("--extension")
        {
            Description = "which extension is crashed (may be repeated: they take turns) [default: the network card's driver, and tcpip]",
            HelpName = "NAME",
        };
        Option<bool> json = new("--json") { Description = "print one JSON document" };
        Command command = new("transfer", "Download from the guest's web server and upload to it while extensions are crashed")
        {
            megabytes, interval, extensions, json,
        };
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = boot.Read(result);
            string driver = options.NetworkDriver ?? throw new HostException("a transfer needs a network card");
            string[] crashed = result.GetValue(extensions) is { Length: > 0 } names ? names : [driver, "tcpip"];
            long lengthBytes = result.GetValue(megabytes) * BytesPerMegabyte;
            TransferSettings settings = new(
                lengthBytes, crashed.Contains(WebServer) ? PieceBytes : lengthBytes, crashed, result.GetValue(interval));
            string iso = await context.BuildAsync(interrupt);
            using Deadline deadline = new(boot.ReadTimeout(result), interrupt);
            IReadOnlyList<TransferResult> results = await context.Progress.DuringAsync(
                $"Transferring {result.GetValue(megabytes)} MB each way",
                _ => TransferDemo.RunAsync(iso, options, settings, deadline.Token));
            Print(results, result.GetValue(json));
            return (int)(results.All(direction => direction.IsGood) ? ExitCode.Success : ExitCode.Failure);
        });
        return command;
    }

    private static void Print(IReadOnlyList<TransferResult> results, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, s_json));
            return;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumn(string.Empty);
        foreach (TransferResult result in results)
        {
            table.AddColumn(new TableColumn(result.Direction).RightAligned());
        }

        void Row(string name, Func<TransferResult, object?> value) => table.AddRow(
            [name, .. results.Select(result => Convert.ToString(value(result) ?? "-", CultureInfo.InvariantCulture)!)]);
        Row("bytes", result => result.Bytes);
        Row("identical", result => result.Identical ? "yes" : "NO");
        Row("megabytes per second", result => result.MegabytesPerSecond);
        Row("crashes", result => result.Crashes);
        Row("broken requests", result => result.BrokenRequests);
        Row("gap p50, ms", result => result.GapP50Milliseconds);
        Row("gap p99, ms", result => result.GapP99Milliseconds);
        Row("longest gap, ms", result => result.LongestGapMilliseconds);
        AnsiConsole.Write(table);
    }
}
