namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Prints its arguments.</summary>
internal sealed class EchoCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "echo",
        Summary = "print the arguments",
        Arguments = "[TEXT ...]",
        MaximumArguments = int.MaxValue,
    };

    public int Run(ShellContext context)
    {
        context.Output.WriteLine(string.Join(' ', context.Arguments.Positional));
        return ExitCode.Success;
    }
}
