using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NooksOS.Tool.Benchmarks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks bench</c>, and its <c>xpc</c>: what crossings between kernel and domains cost.</summary>
public static class BenchCommand
{
    private const int DefaultTimeoutSeconds = 300;

    /// <summary>Makes the command with its benchmarks.</summary>
    public static Command Create(CommandContext context) =>
        new("bench", "Benchmarks") { CreateXpc(context), RecoveryBenchCommand.Create(context), NetworkBenchCommand.Create(context), DiskBenchCommand.Create(context) };

    private static Command CreateXpc(CommandContext context)
    {
        BootOptionSet boot = new(DefaultTimeoutSeconds);
        Report report = new();
        Command command = new("xpc", "Cost of a call into a domain and of one out of it, direct and under each protection");
        report.AddTo(command);
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = boot.Read(result);
            string iso = await context.BuildForAsync(options with { CountInstructions = true }, interrupt);
            using Deadline deadline = new(boot.ReadTimeout(result), interrupt);
            IReadOnlyList<XpcRow> rows = await context.Progress.DuringAsync(
                "Measuring in eight boots",
                _ => deadline.LimitAsync(new XpcBenchmark(iso, options).RunAsync));
            report.Print(result, rows, Print);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Print(IReadOnlyList<XpcRow> rows)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("null XPC, round trip")
            .AddColumn(new TableColumn("kernel to domain, instructions").RightAligned())
            .AddColumn(new TableColumn("domain to kernel, instructions").RightAligned())
            .AddColumn(new TableColumn("kernel to domain, time / direct").RightAligned())
            .AddColumn(new TableColumn("domain to kernel, time / direct").RightAligned());
        foreach (XpcRow row in rows)
        {
            table.AddRow(
                row.Mechanism,
                Text(row.KernelToDomainInstructions),
                Text(row.DomainToKernelInstructions),
                Text(row.KernelToDomainTimeRatio),
                Text(row.DomainToKernelTimeRatio));
        }

        AnsiConsole.Write(table);
        foreach (XpcRow row in rows.Where(row => row.Parts.Count > 0))
        {
            string parts = string.Join(", ", row.Parts.Select(part => $"{part.Name} {Text(part.Ticks)}"));
            Console.WriteLine($"{row.Mechanism}, instructions by part: {parts}");
        }
    }

    private static string Text(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "-";
}
