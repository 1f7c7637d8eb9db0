using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>domains</c>: every extension with its domain.</summary>
internal sealed class DomainsCommand(DomainViewer domains) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "domains",
        Summary = "protection domains: extension, mode, state, calls, memory, objects",
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        Table table = new(
            new TableColumn("EXTENSION", "extension"),
            new TableColumn("KIND", "kind"),
            new TableColumn("MODE", "mode"),
            new TableColumn("STATE", "state"),
            new TableColumn("GENERATION", "generation"),
            new TableColumn("FAULTS", "faults"),
            new TableColumn("RESTARTS", "restarts"),
            new TableColumn("XPC IN", "xpcIn"),
            new TableColumn("XPC OUT", "xpcOut"),
            new TableColumn("MEMORY BYTES", "memoryBytes"),
            new TableColumn("OBJECTS", "objects"));
        foreach (DomainRow row in domains.View())
        {
            table.Add(
                row.Extension,
                row.IsProcess ? "process" : "extension",
                row.Mode.Length == 0 ? null : row.Mode,
                Words.Of(row.State),
                row.Generation,
                row.Faults,
                row.Restarts,
                row.CallsIn,
                row.CallsOut,
                row.MemoryBytes,
                row.Objects);
        }

        context.Print(table);
        return ExitCode.Success;
    }
}
