using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>mv FROM TO</c>: another name or place.</summary>
internal sealed class MoveCommand(FileSystem files) : FileCommand(files)
{
    private const string Replace = "replace";

    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "mv",
        Summary = "give a file or directory another name or place",
        Arguments = "FROM TO",
        MinimumArguments = 2,
        MaximumArguments = 2,
        Options = [new CommandOption(Replace, null, "replace a file of that name")],
        Details = "Into TO if that is a directory.",
    };

    protected override int Carry(ShellContext context)
    {
        string source = context.Arguments.Get(0)!;
        Files.Move(source, TargetOf(source, context.Arguments.Get(1)!), context.Arguments.Has(Replace));
        return ExitCode.Success;
    }
}
