using System;
using NooksOS.Image.Hosting;
using NooksOS.Image.Measurement;
using NooksOS.Isolation;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>bench xpc</c>: what a null call across the boundary costs, isolated and direct, in the same boot.</summary>
internal sealed class BenchCommand(DomainHost domains) : ICommand
{
    private const string DefaultExtension = "tcpip";
    private const uint DefaultRounds = 10_000;
    private const int SwitchAttempts = 100;

    private static readonly TimeSpan s_switchRetry = TimeSpan.FromMilliseconds(1);

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "bench",
        Summary = "cost of a null call into a domain and of one out of it, isolated and direct",
        Arguments = "xpc [EXTENSION]",
        MinimumArguments = 1,
        MaximumArguments = 2,
        Options = [new CommandOption("rounds", "N", "how many calls"), CommandOption.Json],
        Details = "Ticks of the time-stamp counter for each round trip. The domain is switched to direct mode for a moment and back.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Get(0) != "xpc")
        {
            throw new UsageException($"there is no benchmark '{context.Arguments.Get(0)}'; there is xpc");
        }

        uint rounds = (uint)context.Arguments.GetNumber("rounds", DefaultRounds, minimum: 10, maximum: 10_000);
        string name = context.Arguments.Get(1) ?? DefaultExtension;
        if (domains.Find(name) is not { Instance: { IsAlive: true } instance, Control: { } control })
        {
            throw new CommandFailureException($"{name} is not running");
        }

        CrossingMeter meter = new(instance, control, rounds);
        ProtectionBackEnd backEnd = BackEndOf(instance);
        CrossingCost? isolated = meter.Measure();
        CrossingCost? direct = isolated;
        if (backEnd != ProtectionBackEnd.Direct)
        {
            Switch(context, instance, ProtectionBackEnd.Direct);
            direct = meter.Measure();
            Switch(context, instance, backEnd);
        }

        if (isolated is null || direct is null)
        {
            throw new CommandFailureException($"{name} does not answer");
        }

        Print(context, BackEndNames.Of(backEnd), rounds, isolated, direct);
        return ExitCode.Success;
    }

    // SAFETY: a domain's control block is never freed.
    private static unsafe ProtectionBackEnd BackEndOf(Domain instance) => instance.Control->BackEnd;

    private static void Switch(ShellContext context, Domain instance, ProtectionBackEnd backEnd)
    {
        for (int attempt = 0; !instance.TrySetBackEnd(backEnd); attempt++)
        {
            if (attempt == SwitchAttempts)
            {
                throw new CommandFailureException($"{instance.Name} was never idle");
            }

            context.Sleep(s_switchRetry);
        }
    }

    private static void Print(ShellContext context, string backEnd, uint rounds, CrossingCost isolated, CrossingCost direct)
    {
        if (context.Json)
        {
            JsonWriter json = new();
            json.BeginObject()
                .Property("protection", backEnd)
                .Property("rounds", rounds)
                .Property("kernelToDomainTicks", isolated.KernelToDomain)
                .Property("domainToKernelTicks", isolated.DomainToKernel)
                .Property("directKernelToDomainTicks", direct.KernelToDomain)
                .Property("directDomainToKernelTicks", direct.DomainToKernel)
                .Name("parts")
                .BeginArray();
            foreach ((string name, double ticks) in isolated.Parts)
            {
                json.BeginObject().Property("name", name).Property("ticks", ticks).EndObject();
            }

            json.EndArray().EndObject();
            context.Output.Write(json + "\n");
            return;
        }

        Table table = new(
            new TableColumn("ROUND TRIP", "name"), new TableColumn(backEnd.ToUpperInvariant(), "isolated"), new TableColumn("DIRECT", "direct"));
        table.Add("kernel to domain", Math.Round(isolated.KernelToDomain, 1), Math.Round(direct.KernelToDomain, 1));
        table.Add("domain to kernel", Math.Round(isolated.DomainToKernel, 1), Math.Round(direct.DomainToKernel, 1));
        for (int part = 0; part < isolated.Parts.Count; part++)
        {
            table.Add($"  {isolated.Parts[part].Name}", Math.Round(isolated.Parts[part].Ticks, 1), Math.Round(direct.Parts[part].Ticks, 1));
        }

        context.Print(table);
    }
}
