using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using NooksOS.Tool.Benchmarks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks bench recovery</c>: how long recoveries take, step by step.</summary>
internal static class RecoveryBenchCommand
{
    private const int DefaultTimeoutSeconds = 600;
    private const int DefaultRounds = 10;
    private const int MaximumRounds = 1000;
    private const double InstructionsPerThousand = 1000;
    private const string Stack = "tcpip";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        BootOptionSet boot = new(DefaultTimeoutSeconds);
        Report report = new();
        Option<int> rounds = Numbers.Option("--rounds", "N", "how often each kind of crash is made", DefaultRounds, 1, MaximumRounds);
        Command command = new("recovery", "Time from a failure to an extension that is ready again, over all kinds of crash") { rounds };
        report.AddTo(command);
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = boot.Read(result);
            string driver = options.NetworkDriver ?? throw new HostException("the benchmark needs a network card, whose driver it crashes");
            string iso = await context.BuildForAsync(options with { CountInstructions = true }, interrupt);
            using Deadline deadline = new(boot.ReadTimeout(result), interrupt);
            RecoveryBenchmark benchmark = new(iso, options, result.GetValue(rounds));
            IReadOnlyList<RecoveryRow> rows = await context.Progress.DuringAsync(
                "Measuring in four boots", _ => deadline.LimitAsync(token => benchmark.RunAsync([driver, Stack], token)));
            report.Print(result, rows, Print);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Print(IReadOnlyList<RecoveryRow> rows)
    {
        foreach (RecoveryRow row in rows)
        {
            Table table = new Table().Border(TableBorder.Simple)
                .AddColumn(row.Extension)
                .AddColumn(new TableColumn("ms").RightAligned())
                .AddColumn(new TableColumn("thousand instructions").RightAligned());
            foreach (RecoveryStepCost step in row.Steps)
            {
                table.AddRow(step.Name, Text(step.P50Milliseconds), Text(step.P50Instructions / InstructionsPerThousand));
            }

            table.AddEmptyRow();
            table.AddRow("p50", Text(row.P50Milliseconds), Text(row.P50Instructions / InstructionsPerThousand));
            table.AddRow("p99", Text(row.P99Milliseconds), Text(row.P99Instructions / InstructionsPerThousand));
            AnsiConsole.Write(table);
            Console.WriteLine($"{row.Recoveries} recoveries of {row.Extension}; each step is its own median");
        }
    }

    private static string Text(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";
}
