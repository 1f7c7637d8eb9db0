using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using NooksOS.Tool.Benchmarks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks bench disk</c>: what is left of the speed of files with protection.</summary>
internal static class DiskBenchCommand
{
    private const int DefaultTimeoutSeconds = 1200;
    private const int DefaultRounds = 5;
    private const int MaximumRounds = 100;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        // What translating each access takes the emulator is no cost of domains: who asks for it sees it.
        BootOptionSet boot = new(DefaultTimeoutSeconds, iommu: Iommu.Off);
        Report report = new();
        Option<int> rounds = Numbers.Option("--rounds", "N", "how often each mode has its turn; each load is measured three times in it", DefaultRounds, 1, MaximumRounds);
        Command command = new("disk", "Speed of files, with the file system and the disk's driver in domains and direct: sequential, random, and as a compiler uses them")
        {
            rounds,
        };
        report.AddTo(command);
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = boot.Read(result);
            string iso = await context.BuildForAsync(options, interrupt);
            using Deadline deadline = new(boot.ReadTimeout(result), interrupt);
            DiskBenchmark benchmark = new(iso, options, result.GetValue(rounds));
            IReadOnlyList<DiskRow> rows = await context.Progress.DuringAsync(
                "Measuring on one machine in both modes in turn", _ => deadline.LimitAsync(benchmark.RunAsync));
            report.Print(result, rows, Print);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Print(IReadOnlyList<DiskRow> rows)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("files, medians")
            .AddColumn(new TableColumn("direct MB/s").RightAligned())
            .AddColumn(new TableColumn("domain MB/s").RightAligned())
            .AddColumn(new TableColumn("ratio").RightAligned())
            .AddColumn(new TableColumn("middle half").RightAligned())
            .AddColumn(new TableColumn("by CPU time").RightAligned());
        foreach (DiskRow row in rows)
        {
            table.AddRow(
                row.Load,
                Text(row.DirectMegabytesPerSecond),
                Text(row.DomainMegabytesPerSecond),
                Text(row.Ratio),
                string.Create(CultureInfo.InvariantCulture, $"{row.LowerQuartile:0.00}-{row.UpperQuartile:0.00}"),
                Text(row.ProcessorRatio));
        }

        AnsiConsole.Write(table);
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
