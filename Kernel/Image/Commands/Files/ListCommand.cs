using System.Globalization;
using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>ls [PATH]</c>: what is in a directory.</summary>
internal sealed class ListCommand(FileSystem files) : FileCommand(files)
{
    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "ls",
        Summary = "list a directory",
        Arguments = "[PATH]",
        MaximumArguments = 1,
        Options = [CommandOption.Json],
    };

    protected override int Carry(ShellContext context)
    {
        string path = context.Arguments.Get(0) ?? "/";
        Table table = new(
            new TableColumn("NAME", "name"),
            new TableColumn("KIND", "kind"),
            new TableColumn("BYTES", "bytes"),
            new TableColumn("MODIFIED", "modified"));
        FileEntry self = path.Trim('/').Length == 0 ? default : Files.GetEntry(path);
        foreach (FileEntry entry in self.Name is null || self.IsDirectory ? Files.List(path) : [self])
        {
            table.Add(
                entry.Name,
                entry.IsDirectory ? "directory" : "file",
                entry.IsDirectory ? null : entry.LengthBytes,
                entry.Modified.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        }

        context.Print(table);
        return ExitCode.Success;
    }
}
