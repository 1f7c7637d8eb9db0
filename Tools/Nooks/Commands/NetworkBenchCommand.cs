using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using NooksOS.Tool.Benchmarks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks bench network</c>: what is left of the speed of a TCP stream with protection, and which calls it takes.</summary>
internal static class NetworkBenchCommand
{
    private const int DefaultTimeoutSeconds = 600;
    private const int DefaultRounds = 5;
    private const int MaximumRounds = 100;
    private const int DefaultSeconds = 3;
    private const int MaximumSeconds = 600;
    private const long FewCalls = 20;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        // What translating each access takes the emulator is no cost of domains: who asks for it sees it.
        Demonstration measurement = new(context, DefaultTimeoutSeconds, hasPeers: true, iommu: Iommu.Off);
        Option<int> rounds = Numbers.Option(
            "--rounds", "N", "streams that are measured in each direction in each mode", DefaultRounds, 1, MaximumRounds);
        Option<int> seconds = Numbers.Option("--seconds", "S", "how long each of them runs", DefaultSeconds, 1, MaximumSeconds);
        Command command = new("network", "Speed of one TCP stream (iperf), in domains and direct, and calls between kernel and domains for each packet")
        {
            rounds, seconds,
        };
        measurement.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = measurement.ReadMachine(result) with { Isolation = IsolationMode.Domain };
            await new Prerequisites(context.Progress).EnsureAsync([DebianPackage.Iperf], interrupt);
            return await measurement.RunAsync(
                result,
                "Measuring in both modes in turn",
                TimeSpan.Zero,
                (iso, cancellation) =>
                    new NetworkBenchmark(iso, options, result.GetValue(rounds), result.GetValue(seconds)).RunAsync(cancellation),
                Print,
                _ => true,
                interrupt);
        });
        return command;
    }

    private static void Print(IReadOnlyList<NetworkRow> rows)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("one TCP stream, medians");
        foreach (NetworkRow row in rows)
        {
            table.AddColumn(new TableColumn(row.Direction).RightAligned());
        }

        void Row(string name, Func<NetworkRow, double> value) => table.AddRow([name, .. rows.Select(row => Text(value(row)))]);
        Row("direct, Mbit/s", row => row.DirectMegabitsPerSecond);
        Row("domain, Mbit/s", row => row.DomainMegabitsPerSecond);
        Row("domain / direct", row => row.Ratio);
        Row("direct, processor ms/MB", row => row.DirectProcessorMilliseconds);
        Row("domain, processor ms/MB", row => row.DomainProcessorMilliseconds);
        Row("direct / domain", row => row.ProcessorRatio);
        Row("direct, thousand instructions/MB", row => row.DirectThousandInstructions);
        Row("domain, thousand instructions/MB", row => row.DomainThousandInstructions);
        Row("direct / domain", row => row.InstructionRatio);
        Row("packets", row => row.Packets);
        Row("packets per interrupt", row => row.PacketsPerInterrupt);
        Row("calls per packet", row => row.CallsPerPacket);
        Row("packets per call", row => row.PacketsPerCall);
        Row("calls per megabyte", row => row.CallsPerMegabyte);
        AnsiConsole.Write(table);
        foreach (NetworkRow row in rows)
        {
            Table wrappers = new Table().Border(TableBorder.Simple)
                .AddColumn($"calls, {row.Direction}")
                .AddColumn(new TableColumn("number").RightAligned())
                .AddColumn(new TableColumn("per packet").RightAligned())
                .AddColumn(new TableColumn("per megabyte").RightAligned());
            foreach (WrapperCalls wrapper in row.Wrappers.Where(wrapper => wrapper.Calls >= FewCalls))
            {
                wrappers.AddRow(wrapper.Wrapper, Text(wrapper.Calls), Text(wrapper.PerPacket), Text(wrapper.PerMegabyte));
            }

            AnsiConsole.Write(wrappers);
        }
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
