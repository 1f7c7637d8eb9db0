using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>wait recovered NAME [MS]</c>: waits until the next recovery has ended.</summary>
internal sealed class WaitCommand(RecoveryManager manager) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "wait",
        Summary = "wait until an extension has recovered",
        Arguments = "recovered NAME [MS]",
        MinimumArguments = 2,
        MaximumArguments = 3,
    };

    public int Run(ShellContext context)
    {
        string what = context.Arguments.Get(0)!;
        if (what != "recovered")
        {
            throw new UsageException($"'{what}' cannot be waited for; 'recovered' can");
        }

        string name = KnownExtension.Find(manager, context.Arguments.Get(1)!).Name;
        long bound = context.Arguments.GetNumber(2, "MS", RecoveryWait.DefaultMilliseconds, 0, RecoveryWait.MaximumMilliseconds);
        RecoveryWait.Run(manager, name, bound, context.Cancellation);
        return ExitCode.Success;
    }
}
