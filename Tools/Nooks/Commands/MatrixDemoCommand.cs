using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Options;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks demo crashes</c>: every kind of crash of the file system and of the disk's driver.</summary>
internal static class MatrixDemoCommand
{
    private const int DefaultRounds = 3;
    private const int MostRounds = 10_000;
    private const int DefaultTimeoutSeconds = 3600;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Demonstration demonstration = new(context, DefaultTimeoutSeconds);
        Option<int> rounds = Numbers.Option("--rounds", "N", "how often each extension is crashed in each way", DefaultRounds, 1, MostRounds);
        Option<string[]> extensions = new("--extension")
        {
            Description = $"what is crashed (may be repeated) [default: {MachineExtensions.FileSystem}, then the disk's driver]",
            HelpName = "NAME",
        };
        Command command = new("crashes", "Crash the file system and the driver of the disk in every way while files are written and read")
        {
            rounds, extensions,
        };
        demonstration.AddTo(command);
        command.SetAction((result, interrupt) =>
        {
            BootOptions options = demonstration.ReadMachine(result);
            IReadOnlyList<string> crashed = result.GetValue(extensions) is { Length: > 0 } names ? names : [MachineExtensions.FileSystem, options.DiskDriver];
            MachineExtensions.Require(options, hasDisk: true, crashed);
            return demonstration.RunAsync(
                result,
                $"Crashing {string.Join(" and ", crashed)}",
                TimeSpan.Zero,
                (iso, cancellation) => MatrixDemo.RunAsync(iso, options, crashed, result.GetValue(rounds), cancellation),
                Show,
                shown => shown.IsGood,
                interrupt);
        });
        return command;
    }

    private static void Show(MatrixResult result)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("extension")
            .AddColumn("kind")
            .AddColumn(new TableColumn("crashes").RightAligned())
            .AddColumn(new TableColumn("recovered").RightAligned())
            .AddColumn(new TableColumn("wrong files").RightAligned());
        foreach (MatrixRow row in result.Rows)
        {
            table.AddRow(row.Extension, row.Kind, Text(row.Crashes), Text(row.Recovered), Text(row.WrongFiles));
        }

        AnsiConsole.Write(table);
        Report.WriteList(
            ("objects and pages leaked", result.Leaked),
            ("fsck.vfat", result.Check.Count == 0 ? "clean" : string.Join("; ", result.Check)),
            ("files", result.Files),
            ("identical on the host", result.IdenticalOnHost));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
