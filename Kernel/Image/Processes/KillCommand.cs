using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Commands;

namespace NooksOS.Image.Processes;

/// <summary><c>kill NAME [KIND]</c>: ends a program at ring 3, or makes it misbehave from inside.</summary>
internal sealed class KillCommand(ProcessHost processes) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "kill",
        Summary = "end a program",
        Arguments = "NAME [KIND]",
        MinimumArguments = 1,
        MaximumArguments = 2,
        Details = "Ends the run that was started last, as Ctrl-C does; with KIND, by a failure of its own.\nkinds: "
            + string.Join(' ', CrashKinds.All),
    };

    public int Run(ShellContext context)
    {
        string name = context.Arguments.Get(0)!;
        Process process = processes.Find(name) ?? throw new CommandFailureException($"no program {name} runs");
        if (context.Arguments.Get(1) is not { } word)
        {
            process.Interrupt();
            return ExitCode.Success;
        }

        MisbehaviorKind kind = CrashKinds.Find(word) ?? throw CrashKinds.Unknown(word);
        CallStatus status = process.Misbehave(kind);
        return status is CallStatus.Ok or CallStatus.DomainDied
            ? ExitCode.Success
            : throw new CommandFailureException($"{name} refused: {status}");
    }
}
