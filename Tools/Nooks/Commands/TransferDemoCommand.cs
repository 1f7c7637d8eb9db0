using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
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

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds, hasPeers: true);
        Option<int> megabytes = Numbers.Option("--megabytes", "N", "how much is transferred in each direction", DefaultMegabytes, 1, MaximumMegabytes);
        CrashOptions crashes = new();
        Command command = new("transfer", "Download from the guest's web server and upload to it while extensions are crashed")
        {
            megabytes,
        };
        crashes.AddTo(command);
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            IReadOnlyList<string> crashed = crashes.ReadExtensions(result, options);
            long lengthBytes = result.GetValue(megabytes) * BytesPerMegabyte;

            // Only the end of the server itself may end a request.
            bool crashesServer = crashed.Contains(WebServer) && crashes.ReadInterval(result) is not null;
            TransferSettings settings = new(
                lengthBytes, crashesServer ? PieceBytes : lengthBytes, crashed, crashes.ReadInterval(result));
            return demonstration.RunAsync(
                result,
                $"Transferring {result.GetValue(megabytes)} MB each way",
                TimeSpan.Zero,
                (iso, cancellation) => TransferDemo.RunAsync(iso, options, settings, cancellation),
                Show,
                shown => shown.All(direction => crashesServer ? direction.IsRight : direction.IsFaultless),
                interrupt);
        });
        return command;
    }

    private static void Show(IReadOnlyList<TransferResult> results)
    {
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
