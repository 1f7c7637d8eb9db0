using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Processes;

/// <summary>A program at ring 3 as a command of the shell. It parses its words by itself.</summary>
internal sealed class ProgramCommand(ProcessHost processes, string name, string arguments, string summary) : ICommand
{
    private const int ArgumentLimit = 64;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = name,
        Summary = summary,
        Arguments = arguments,
        MaximumArguments = ArgumentLimit,
        PassesOptions = true,
        Details = "A program at ring 3: Ctrl-C ends it.",
    };

    public int Run(ShellContext context)
        => processes.Run(Syntax.Name, context.Arguments.Positional, context.Output, context.Cancellation);
}
