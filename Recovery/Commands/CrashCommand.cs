using NooksOS.Contracts;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>crash NAME KIND [--wait MS]</c>: makes an extension misbehave for real, from inside.</summary>
internal sealed class CrashCommand(RecoveryManager manager, IMisbehaviorPort misbehavior) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "crash",
        Summary = "make an extension misbehave",
        Arguments = "NAME KIND",
        MinimumArguments = 2,
        MaximumArguments = 2,
        Options = [new CommandOption("wait", "MS", "wait so long at most until it has recovered")],
        Details = "kinds: " + string.Join(' ', CrashKinds.All) + "\n"
            + "interrupt-storm and wild-dma show with the next interrupt, frame or request of the device. wild-dma aims at a page of the kernel's\n"
            + "that nobody uses; `verify` says whether it is intact.",
    };

    public int Run(ShellContext context)
    {
        long bound = context.Arguments.GetNumber("wait", 0, 0, RecoveryWait.MaximumMilliseconds);
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
        if (status == CallStatus.NotSupported)
        {
            string reason = kind switch
            {
                MisbehaviorKind.InterruptStorm => "it holds no interrupt line",
                MisbehaviorKind.WildDma => "it drives no disk or network card that writes to memory",
                _ => "there is no way to make it",
            };
            throw new CommandFailureException($"{extension.Name} cannot show {word}: {reason}");
        }

        if (status is not (CallStatus.Ok or CallStatus.DomainDied))
        {
            throw new CommandFailureException($"{extension.Name} refused: {Words.Of(status)}");
        }

        if (context.Arguments.Has("wait"))
        {
            RecoveryWait.Run(manager, extension.Name, bound, context.Cancellation);
        }

        return ExitCode.Success;
    }
}
