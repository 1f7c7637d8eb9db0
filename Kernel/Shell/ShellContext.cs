using System;
using System.Threading;

namespace NooksOS.Kernel.Shell;

/// <summary>What a running command is given.</summary>
public sealed class ShellContext
{
    /// <summary>A call of a command.</summary>
    public ShellContext(CommandArguments arguments, ShellOutput output, CommandRegistry commands, CancellationToken cancellation)
    {
        Arguments = arguments;
        Output = output;
        Commands = commands;
        Cancellation = cancellation;
    }

    /// <summary>Arguments and options.</summary>
    public CommandArguments Arguments { get; }

    /// <summary>Where to write.</summary>
    public ShellOutput Output { get; }

    /// <summary>The commands of the shell.</summary>
    public CommandRegistry Commands { get; }

    /// <summary>Set when the user presses Ctrl-C. A command that waits or loops looks at it.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether data is to be printed as one JSON document.</summary>
    public bool Json => Arguments.Has(CommandOption.Json.Name);

    /// <summary>Waits. Throws if the user interrupts it.</summary>
    public void Sleep(TimeSpan duration)
    {
        if (Cancellation.WaitHandle.WaitOne(duration))
        {
            throw new OperationCanceledException(Cancellation);
        }
    }

    /// <summary>Prints a table, or the same as JSON if that was asked for.</summary>
    public void Print(Table table) => Output.Write(Json ? table.ToJson() : table.ToText());
}
