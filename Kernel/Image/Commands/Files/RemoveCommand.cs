using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>rm PATH</c>: removes a file or a tree.</summary>
internal sealed class RemoveCommand(FileSystem files) : FileCommand(files)
{
    private const string Force = "force";

    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "rm",
        Summary = "remove a file, or a directory",
        Arguments = "PATH",
        MinimumArguments = 1,
        MaximumArguments = 1,
        Options =
        [
            new CommandOption(Recursive, null, "remove a directory with all that is in it"),
            new CommandOption(Force, null, "succeed if there is nothing to remove"),
        ],
    };

    protected override int Carry(ShellContext context)
    {
        string path = context.Arguments.Get(0)!;
        if (context.Arguments.Has(Force) && !Files.Exists(path))
        {
            return ExitCode.Success;
        }

        if (context.Arguments.Has(Recursive) && Files.GetEntry(path).IsDirectory)
        {
            Files.RemoveTree(path, context.Cancellation);
        }
        else
        {
            Files.Remove(path);
        }

        return ExitCode.Success;
    }
}
