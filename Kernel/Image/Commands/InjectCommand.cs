using System.Collections.Generic;
using System.Linq;
using NooksOS.Image.Hosting;
using NooksOS.Image.Injection;
using NooksOS.Isolation.Injection;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;
using NooksOS.Recovery.Commands;

namespace NooksOS.Image.Commands;

/// <summary><c>inject NAME</c>: changes machine instructions of a running extension, chosen by a seed.</summary>
internal sealed class InjectCommand(DomainHost host, RecoveryManager manager, Injector injector) : ICommand
{
    private const string Types = "types";
    private const string Status = "status";
    private const long ReloadBoundNanoseconds = 2_000_000_000;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "inject",
        Summary = "put faults into the code of a running extension",
        Arguments = "NAME|types|status",
        MinimumArguments = 1,
        MaximumArguments = 1,
        Options =
        [
            new CommandOption("type", "T[,T...]", "types of faults, which take turns; all that change instructions without this option"),
            new CommandOption("count", "N", "how many faults (1)"),
            new CommandOption("seed", "S", "chooses the places (1): the same seed means the same faults"),
            new CommandOption("scope", "own|all", "own: what the extension's author wrote (own); all: base library and runtime too"),
            CommandOption.Json,
        ],
        Details = "inject types lists the types of faults, inject status the faults injected last and whether they were reached.\n"
            + "Only the running instance is changed: its next one is clean. For faults at the wrappers it is replaced first, so that\n"
            + "they may strike from its first call on.",
    };

    public int Run(ShellContext context)
    {
        string name = context.Arguments.Get(0)!;
        switch (name)
        {
            case Types:
                PrintTypes(context);
                break;
            case Status:
                Print(context);
                break;
            default:
                Inject(context, name);
                Print(context);
                break;
        }

        return ExitCode.Success;
    }

    private static void PrintTypes(ShellContext context)
    {
        Table table = new(new TableColumn("TYPE", "type"), new TableColumn("WHAT IT DOES", "summary"));
        foreach (FaultTypeInfo info in FaultTypeInfo.All)
        {
            table.Add(info.Name, info.Summary);
        }

        context.Print(table);
    }

    private static InjectionOrder ReadOrder(CommandArguments arguments)
    {
        string[] names = arguments.GetOption("type")?.Split(',') ?? [.. FaultTypeInfo.All.Where(info => !info.IsAtWrappers).Select(info => info.Name)];
        List<FaultTypeInfo> chosen = [];
        foreach (string name in names)
        {
            chosen.Add(FaultTypeInfo.Find(name) ?? throw UnknownType(name));
        }

        bool isAtWrappers = chosen[0].IsAtWrappers;
        if (chosen.Exists(info => info.IsAtWrappers != isAtWrappers))
        {
            throw new UsageException("faults in instructions and faults at the wrappers do not mix");
        }

        bool wholeImage = arguments.GetOption("scope") switch
        {
            null or "own" => false,
            "all" => true,
            var other => throw new UsageException($"'{other}' is not own or all"),
        };
        int count = (int)arguments.GetNumber("count", 1, 1, ArmedFaults.Limit);
        return new InjectionOrder([.. chosen.Select(info => info.Type)], isAtWrappers, count, (ulong)arguments.GetNumber("seed", 1, 0, long.MaxValue), wholeImage);
    }

    private static UsageException UnknownType(string name)
    {
        string[] known = [.. FaultTypeInfo.All.Select(info => info.Name)];
        return new UsageException(Suggestion.FindNearest(name, known) is { } nearest
            ? $"there is no type '{name}'; did you mean '{nearest}'?"
            : $"there is no type '{name}'; there are: {string.Join(' ', known)}");
    }

    private void Inject(ShellContext context, string name)
    {
        InjectionOrder order = ReadOrder(context.Arguments);
        ExtensionStatus extension = KnownExtension.Find(manager, name);
        if (extension.State != ExtensionState.Running || host.Find(extension.Name) is not { } place)
        {
            throw new CommandFailureException($"{extension.Name} is not running");
        }

        // A later `wait recovered` is to mean what comes of this, not what was before.
        manager.AcknowledgeRecoveries(extension.Name);
        if (order.IsAtWrappers)
        {
            // Whether it starts with them is what is to be found out.
            injector.Await(place, order);
            manager.Request(extension.Name, ExtensionCommand.Reload);
            manager.WaitForCommand(extension.Name, ReloadBoundNanoseconds);
        }
        else if (injector.TryInject(place, extension.ImageName, order) is { } refusal)
        {
            throw new CommandFailureException(refusal);
        }
    }

    private void Print(ShellContext context)
    {
        IReadOnlyList<InjectedFault> faults = injector.Faults;
        if (context.Json)
        {
            context.Output.Write(InjectionText.WriteJson(injector.Extension, injector.Generation, faults, Clock.Nanoseconds));
            return;
        }

        foreach (InjectedFault fault in faults)
        {
            string reached = fault.ActivationNanoseconds == 0 ? "not reached" : "reached";
            context.Output.WriteLine($"{injector.Extension}: {InjectionText.Describe(fault)}  [{reached}]");
        }
    }
}
