using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Image.Measurement;
using NooksOS.Isolation;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>bench xpc [NAME]</c>: what crossings cost, under the protection in force and without it.</summary>
internal sealed class BenchCommand(DomainHost host, KernelClock clock) : ICommand
{
    private const string DefaultExtension = "tcpip";
    private const string IterationsOption = "iterations";
    private const long DefaultRounds = 10_000;
    private const long MaximumRounds = 10_000_000;
    private const int Digits = 2;

    // How far a count may be from an instruction and still be one.
    private const double InstructionTolerance = 0.01;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "bench",
        Summary = "measure calls between kernel and domains",
        Arguments = "xpc [NAME]",
        MinimumArguments = 1,
        MaximumArguments = 2,
        Options = [CommandOption.Json, new CommandOption(IterationsOption, "N", "round trips for each figure")],
        Details = "Ticks are time-stamp counts of one round trip; of all batches of rounds the fastest one counts.\n"
            + "Without NAME, tcpip is called.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Get(0) is var what and not "xpc")
        {
            throw new UsageException($"'{what}' cannot be measured; 'xpc' can");
        }

        string name = context.Arguments.Get(1) ?? DefaultExtension;
        int rounds = (int)context.Arguments.GetNumber(IterationsOption, DefaultRounds, FastestBatch.Rounds, MaximumRounds);
        if (host.Find(name) is not { IsProcess: false, Instance: { IsAlive: true } instance, Control: { } control })
        {
            throw new CommandFailureException($"'{name}' is not an extension that runs");
        }

        double ticksPerInstruction = FastestBatch.MeasureInstruction();
        XpcBenchmark benchmark = new(instance, control, rounds);
        bool countsInstructions = Math.Abs(ticksPerInstruction - 1) < InstructionTolerance;
        XpcCosts costs = benchmark.Measure(countsInstructions);
        XpcCosts direct = costs.BackEnd == ProtectionBackEnd.Direct
            ? costs
            : MeasureDirect(instance, costs.BackEnd, () => benchmark.Measure(countsInstructions));
        context.Output.Write(context.Json
            ? ToJson(name, rounds, ticksPerInstruction, costs, direct)
            : ToText(name, ticksPerInstruction, countsInstructions, costs, direct));
        return ExitCode.Success;
    }

    private XpcCosts MeasureDirect(Domain instance, ProtectionBackEnd backEnd, Func<XpcCosts> measure)
    {
        Switch(instance, ProtectionBackEnd.Direct);
        try
        {
            return measure();
        }
        finally
        {
            Switch(instance, backEnd);
        }
    }

    private void Switch(Domain instance, ProtectionBackEnd backEnd)
    {
        if (!BackEndSwitch.TrySwitch(instance, backEnd, clock))
        {
            throw new CommandFailureException($"{instance.Name} stays busy and cannot be made {BackEndNames.Of(backEnd)}");
        }
    }

    private static string ToJson(string name, int rounds, double ticksPerInstruction, XpcCosts costs, XpcCosts direct)
    {
        JsonWriter json = new();
        json.BeginObject()
            .Property("extension", name)
            .Property("protection", BackEndNames.Of(costs.BackEnd))
            .Property("rounds", rounds)
            .Property("ticksPerInstruction", Math.Round(ticksPerInstruction, 4))
            .Property("kernelToDomainTicks", Math.Round(costs.KernelToDomain, Digits))
            .Property("domainToKernelTicks", Math.Round(costs.DomainToKernel, Digits))
            .Property("directKernelToDomainTicks", Math.Round(direct.KernelToDomain, Digits))
            .Property("directDomainToKernelTicks", Math.Round(direct.DomainToKernel, Digits))
            .Property("kernelToDomainRatio", Ratio(costs.KernelToDomain, direct.KernelToDomain))
            .Property("domainToKernelRatio", Ratio(costs.DomainToKernel, direct.DomainToKernel));
        WriteParts(json, "parts", costs.Parts);
        WriteParts(json, "directParts", direct.Parts);
        json.EndObject();
        return json.ToString() + "\n";
    }

    private static void WriteParts(JsonWriter json, string property, IReadOnlyList<XpcPart> parts)
    {
        json.Name(property).BeginArray();
        foreach (XpcPart part in parts)
        {
            json.BeginObject()
                .Property("name", part.Name)
                .Property("ticks", Math.Round(part.Ticks, Digits))
                .EndObject();
        }

        json.EndArray();
    }

    private static string ToText(
        string name, double ticksPerInstruction, bool countsInstructions, XpcCosts costs, XpcCosts direct)
    {
        Table table = new(
            new TableColumn("ROUND TRIP", string.Empty),
            new TableColumn(BackEndNames.Of(costs.BackEnd).ToUpperInvariant(), string.Empty),
            new TableColumn("DIRECT", string.Empty),
            new TableColumn("RATIO", string.Empty));
        AddSum(table, $"kernel to {name}", costs.KernelToDomain, direct.KernelToDomain);
        AddSum(table, $"{name} to kernel", costs.DomainToKernel, direct.DomainToKernel);
        for (int index = 0; index < costs.Parts.Count; index++)
        {
            XpcPart part = costs.Parts[index];
            table.Add("  " + part.Name, Math.Round(part.Ticks, Digits), Math.Round(direct.Parts[index].Ticks, Digits), null);
        }

        StringBuilder text = new(table.ToText());
        text.Append(countsInstructions
            ? "in instructions: this machine counts them\n"
            : string.Create(CultureInfo.InvariantCulture, $"in time-stamp counts; an instruction of a simple loop takes {ticksPerInstruction:F2}\n"));
        return text.ToString();
    }

    private static void AddSum(Table table, string what, double ticks, double directTicks)
        => table.Add(what, Math.Round(ticks, Digits), Math.Round(directTicks, Digits), Ratio(ticks, directTicks));

    private static double Ratio(double ticks, double directTicks) => Math.Round(ticks / directTicks, Digits);
}
