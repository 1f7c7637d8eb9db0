namespace NooksOS.Kernel.Shell;

/// <summary>A command of the shell. One object serves every call, also two at once from two sessions.</summary>
public interface ICommand
{
    /// <summary>What it is called by, and what may follow.</summary>
    CommandSyntax Syntax { get; }

    /// <summary>
    /// Runs it. Throw <see cref="CommandFailureException"/> to fail with a text, or <see cref="UsageException"/> if the arguments
    /// make no sense.
    /// </summary>
    /// <returns>0 for success; anything else is shown to the host tool as a failure.</returns>
    int Run(ShellContext context);
}
