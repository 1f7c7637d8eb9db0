using System.Collections.Generic;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>faults</c>: the fault records that are kept; <c>faults ID</c>: everything about one.</summary>
internal sealed class FaultsCommand(FaultViewer faults) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "faults",
        Summary = "fault records",
        Arguments = "[ID]",
        MaximumArguments = 1,
        Options =
        [
            new CommandOption("last", "COUNT", "only the latest so many"),
            new CommandOption("after", "ID", "only those after this one"),
            CommandOption.Json,
        ],
        Details = "Without ID: the records that are kept, oldest first, and the latest one in full.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Get(0) is not null)
        {
            uint id = (uint)context.Arguments.GetNumber(0, "ID", 0, 1, uint.MaxValue);
            FaultView view = faults.View(id) ?? throw new CommandFailureException($"there is no record of fault {id}");
            context.Output.Write(context.Json ? FaultJson.Write(view) : FaultText.Write(view));
            return ExitCode.Success;
        }

        int last = (int)context.Arguments.GetNumber("last", int.MaxValue, 1, int.MaxValue);
        uint after = (uint)context.Arguments.GetNumber("after", 0, 0, uint.MaxValue);
        IReadOnlyList<FaultView> views = faults.ViewLatest(last, after);
        if (context.Json)
        {
            context.Output.Write(FaultJson.Write(views));
        }
        else if (views.Count == 0)
        {
            context.Output.WriteLine("no faults");
        }
        else
        {
            context.Print(Summarize(views));
            context.Output.WriteLine();
            context.Output.Write(FaultText.Write(views[^1]));
        }

        return ExitCode.Success;
    }

    private static Table Summarize(IReadOnlyList<FaultView> views)
    {
        Table table = new(
            new TableColumn("ID", "id"),
            new TableColumn("EXTENSION", "extension"),
            new TableColumn("GENERATION", "generation"),
            new TableColumn("KIND", "kind"),
            new TableColumn("ADDRESS", "address"),
            new TableColumn("DECISION", "decision"),
            new TableColumn("OUTCOME", "outcome"),
            new TableColumn("MS", "recoveryMilliseconds"),
            new TableColumn("LEAKED", "objectsLeaked"),
            new TableColumn("WHERE", "where"));
        foreach (FaultView view in views)
        {
            table.Add(
                view.Id,
                view.Extension,
                view.Generation,
                Words.Of(view.Kind),
                Words.Address(view.Address),
                view.Decision is { } decision ? Words.Of(decision.Action) : null,
                Words.Of(view.Outcome),
                view.RecoveryNanoseconds is { } recovery ? Words.MillisecondsText(recovery) : null,
                view.ObjectsLeaked,
                view.InstructionPointer is null ? null : view.Location.ToString());
        }

        return table;
    }
}
