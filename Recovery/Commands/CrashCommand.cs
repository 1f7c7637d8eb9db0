using NooksOS.Contracts;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>crash NAME KIND</c>: makes an extension misbehave for real, from inside.</summary>
internal sealed class CrashCommand(RecoveryManager manager, IMisbehaviorPort misbehavior) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "crash",
        Summary = "make an extension misbehave",
        Arguments = "NAME KIND",
        MinimumArguments = 2,
        MaximumArguments = 2,
        Details = "kinds: " + string.Join(' ', CrashKinds.All),
    };

    public int Run(ShellContext context)
    {
        string word = context.Arguments.Get(1)!;
        MisbehaviorKind kind = CrashKinds.Find(word) ?? throw CrashKinds.Unknown(word);
        ExtensionStatus extension = KnownExtension.Find(manager, context.Arguments.Get(0)!);
        if (extension.State != ExtensionState.Running || extension.DomainId is not { } domainId)
        {
            throw new CommandFailureException($"{extension.Name} is not running but {Words.Of(extension.State)}");
        }

        // A later `wait recovered` is to mean this crash, not one before it.
        manager.AcknowledgeRecoveries(extension.Name);
        CallStatus status = misbehavior.Misbehave(domainId, kind);
        return status is CallStatus.Ok or CallStatus.DomainDied
            ? ExitCode.Success
            : throw new CommandFailureException($"{extension.Name} refused: {Words.Of(status)}");
    }
}
