using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>mkdir PATH</c>: makes a directory.</summary>
internal sealed class MakeDirectoryCommand(FileSystem files) : FileCommand(files)
{
    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "mkdir",
        Summary = "make a directory",
        Arguments = "PATH",
        MinimumArguments = 1,
        MaximumArguments = 1,
    };

    protected override int Carry(ShellContext context)
    {
        Files.CreateDirectory(context.Arguments.Get(0)!);
        return ExitCode.Success;
    }
}
