using System.Collections.Generic;
using System.Linq;
using NooksOS.Kernel.Shell;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Commands;

/// <summary><c>objects NAME</c>: what an extension holds of the kernel's.</summary>
internal sealed class ObjectsCommand(DomainViewer domains) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "objects",
        Summary = "kernel objects that an extension holds",
        Arguments = "NAME",
        MinimumArguments = 1,
        MaximumArguments = 1,
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        string name = context.Arguments.Get(0)!;
        IReadOnlyList<TrackedObjectInfo> objects = domains.ViewObjects(name)
            ?? throw KnownExtension.Unknown(name, [.. domains.View().Select(row => row.Extension)]);
        Table table = new(
            new TableColumn("KIND", "kind"),
            new TableColumn("SLOT", "slot"),
            new TableColumn("GENERATION", "generation"),
            new TableColumn("BYTES", "sizeBytes"),
            new TableColumn("ORDER", "order"),
            new TableColumn("DESCRIPTION", "description"));
        foreach (TrackedObjectInfo entry in objects)
        {
            table.Add(Words.Of(entry.Kind), entry.Slot, entry.Generation, entry.SizeBytes, entry.Order, entry.Description);
        }

        context.Print(table);
        return ExitCode.Success;
    }
}
