using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace NooksOS.Kernel.Shell;

/// <summary>The commands by name, and how one is run. Commands are added while the kernel starts; any thread may run them.</summary>
public sealed class CommandRegistry
{
    private readonly SortedDictionary<string, ICommand> _commands = new(StringComparer.Ordinal);

    /// <summary>All commands in the order of their names.</summary>
    public IEnumerable<ICommand> All => _commands.Values;

    /// <summary>Adds a command.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(ICommand command) => _commands.Add(command.Syntax.Name, command);

    /// <summary>Finds a command.</summary>
    public ICommand? Find(string name) => _commands.GetValueOrDefault(name);

    /// <summary>Runs a line. Every outcome is an exit code; what went wrong is written to the output.</summary>
    public int Run(string line, ShellOutput output, CancellationToken cancellation)
    {
        CommandSyntax? syntax = null;
        try
        {
            IReadOnlyList<string> words = CommandLine.Split(line);
            if (words.Count == 0)
            {
                return ExitCode.Success;
            }

            ICommand command = Find(words[0]) ?? throw new UsageException(DescribeUnknown(words[0]));
            syntax = command.Syntax;
            CommandArguments arguments = CommandArguments.Parse(syntax, [.. words.Skip(1)]);
            return command.Run(new ShellContext(arguments, output, this, cancellation));
        }
        catch (UsageException exception)
        {
            output.WriteLine($"error: {exception.Message}");
            if (syntax != null)
            {
                output.WriteLine($"usage: {syntax.Usage}");
            }

            return ExitCode.Usage;
        }
        catch (CommandFailureException exception)
        {
            output.WriteLine($"error: {exception.Message}");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            output.WriteLine("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception exception)
        {
            // A mistake in a command must not end the shell.
            output.WriteLine($"error: the command broke with {exception.GetType().Name}: {exception.Message}");
            return ExitCode.Failure;
        }
    }

    /// <summary>Says that there is no such command, and which one may have been meant.</summary>
    public string DescribeUnknown(string name)
        => Suggestion.FindNearest(name, _commands.Keys) is string nearest
            ? $"there is no command '{name}'; did you mean '{nearest}'?"
            : $"there is no command '{name}'; 'help' lists them";
}
