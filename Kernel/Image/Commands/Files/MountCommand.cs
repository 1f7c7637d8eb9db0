using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary><c>mount</c>: what is mounted where.</summary>
internal sealed class MountCommand(FileShadow shadow) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "mount",
        Summary = "show the volume that is mounted",
        Options = [CommandOption.Json],
        Details = "The first volume with a FAT file system is mounted at / when the machine starts. 'ext reload vfat' mounts it again.",
    };

    public int Run(ShellContext context)
    {
        if (shadow.MountedVolume is not { } volume || !shadow.TryDescribe(out FileSystemDescription description))
        {
            throw new CommandFailureException("no volume is mounted");
        }

        char[] label = new char[FileLimits.LabelCharacters];
        shadow.ReadLabel(label, out int length);
        Table table = new(
            new TableColumn("PATH", "path"),
            new TableColumn("VOLUME", "volume"),
            new TableColumn("TYPE", "type"),
            new TableColumn("LABEL", "label"),
            new TableColumn("SERIAL", "serial"),
            new TableColumn("MODE", "mode"),
            new TableColumn("STATE", "state"),
            new TableColumn("OPEN FILES", "openFiles"),
            new TableColumn("INSTANCES", "instances"));
        table.Add(
            "/",
            volume,
            $"FAT{description.FatBits}",
            new string(label, 0, length),
            $"{description.SerialNumber:X8}",
            description.IsReadOnly ? "read-only" : "read-write",
            description.IsDamaged ? "damaged" : description.IsDirty ? "in use" : "clean",
            shadow.OpenFiles,
            shadow.Instances);
        context.Print(table);
        return ExitCode.Success;
    }
}
