using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Processes;

/// <summary>
/// A program at ring 3 as a command of the shell. It parses its words by itself; a last word <c>&amp;</c> lets it run while the shell
/// goes on.
/// </summary>
internal sealed class ProgramCommand(ProcessHost processes, string name, string arguments, string summary) : ICommand
{
    private const string Background = "&";
    private const int ArgumentLimit = 64;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = name,
        Summary = summary,
        Arguments = arguments,
        MaximumArguments = ArgumentLimit,
        PassesOptions = true,
        Details = "A program at ring 3: Ctrl-C ends it. With & as the last word it runs beside the shell, and writes to the log.",
    };

    public int Run(ShellContext context)
    {
        IReadOnlyList<string> words = context.Arguments.Positional;
        if (words.Count == 0 || words[^1] != Background)
        {
            return processes.Run(Syntax.Name, words, context.Output, context.Cancellation);
        }

        string[] own = [.. words.Take(words.Count - 1)];
        new Thread(() => RunBeside(own)) { IsBackground = true, Name = Syntax.Name }.Start();
        return ExitCode.Success;
    }

    private void RunBeside(string[] words)
    {
        LogOutput output = new(Syntax.Name);
        try
        {
            int status = processes.Run(Syntax.Name, words, output, CancellationToken.None);
            Log.Write($"{Syntax.Name}: ended with status {status}");
        }
        catch (CommandFailureException failure)
        {
            Log.Write($"{Syntax.Name}: {failure.Message}");
        }
    }
}
