namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Clears the screen.</summary>
internal sealed class ClearCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new() { Name = "clear", Summary = "clear the screen" };

    public int Run(ShellContext context)
    {
        context.Output.Write("\x1b[2J\x1b[H"u8);
        return ExitCode.Success;
    }
}
