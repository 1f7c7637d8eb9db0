using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>wait recovered NAME [MS]</c>: waits until the next recovery has ended.</summary>
internal sealed class WaitCommand(RecoveryManager manager) : ICommand
{
    private const long DefaultMilliseconds = 5000;
    private const long MaximumMilliseconds = 3_600_000;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long SliceMilliseconds = 100;

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
        long bound = context.Arguments.GetNumber(2, "MS", DefaultMilliseconds, 0, MaximumMilliseconds);
        for (long left = bound; ; left -= SliceMilliseconds)
        {
            // In slices, so that Ctrl-C is noticed.
            context.Cancellation.ThrowIfCancellationRequested();
            long slice = long.Clamp(left, 0, SliceMilliseconds);
            switch (manager.WaitRecovered(name, slice * NanosecondsPerMillisecond))
            {
                case RecoveryWaitResult.Done:
                    return ExitCode.Success;
                case RecoveryWaitResult.TimedOut when left <= SliceMilliseconds:
                    throw new CommandFailureException($"{name} has not recovered within {bound} ms; it is {State(name)}");
                case RecoveryWaitResult.TimedOut:
                    break;
                default:
                    throw new CommandFailureException($"{name} has not recovered: it is {State(name)}");
            }
        }
    }

    private string State(string name) => manager.Describe(name) is { } extension ? Words.Of(extension.State) : "gone";
}
