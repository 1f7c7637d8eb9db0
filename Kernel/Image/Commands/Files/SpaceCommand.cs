using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary><c>df</c>: how much room there is.</summary>
internal sealed class SpaceCommand(FileShadow shadow) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "df",
        Summary = "space of the volume that is mounted",
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        if (!shadow.TryDescribe(out FileSystemDescription description))
        {
            throw new CommandFailureException("no volume is mounted");
        }

        ulong total = (ulong)description.ClusterCount * description.ClusterBytes;
        ulong free = (ulong)description.FreeClusters * description.ClusterBytes;
        Table table = new(
            new TableColumn("PATH", "path"),
            new TableColumn("TOTAL BYTES", "totalBytes"),
            new TableColumn("USED BYTES", "usedBytes"),
            new TableColumn("FREE BYTES", "freeBytes"),
            new TableColumn("CLUSTER BYTES", "clusterBytes"));
        table.Add("/", total, total - free, free, description.ClusterBytes);
        context.Print(table);
        return ExitCode.Success;
    }
}
