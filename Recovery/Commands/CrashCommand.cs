using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>crash NAME KIND</c>: makes an extension misbehave for real, from inside.</summary>
internal sealed class CrashCommand(RecoveryManager manager, IMisbehaviorPort misbehavior) : ICommand
{
    private static readonly (string Word, MisbehaviorKind Kind)[] s_kinds =
    [
        ("wild-write", MisbehaviorKind.WildWrite),
        ("wild-read", MisbehaviorKind.WildRead),
        ("null", MisbehaviorKind.Null),
        ("divide", MisbehaviorKind.Divide),
        ("bad-opcode", MisbehaviorKind.BadOpcode),
        ("bad-jump", MisbehaviorKind.BadJump),
        ("stack-overflow", MisbehaviorKind.StackOverflow),
        ("loop", MisbehaviorKind.Loop),
        ("deadlock", MisbehaviorKind.Deadlock),
        ("exception", MisbehaviorKind.Exception),
        ("bad-handle", MisbehaviorKind.BadHandle),
        ("bad-parameter", MisbehaviorKind.BadParameter),
        ("heap-corruption", MisbehaviorKind.HeapCorruption),
        ("leak", MisbehaviorKind.Leak),
        ("silent", MisbehaviorKind.Silent),
        ("privileged", MisbehaviorKind.Privileged),
        ("interrupt-storm", MisbehaviorKind.InterruptStorm),
    ];

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "crash",
        Summary = "make an extension misbehave",
        Arguments = "NAME KIND",
        MinimumArguments = 2,
        MaximumArguments = 2,
        Details = "kinds: " + Kinds,
    };

    private static string Kinds => string.Join(' ', s_kinds.Select(entry => entry.Word));

    public int Run(ShellContext context)
    {
        string word = context.Arguments.Get(1)!;
        int index = Array.FindIndex(s_kinds, entry => entry.Word == word);
        if (index < 0)
        {
            throw new UsageException(Suggestion.FindNearest(word, s_kinds.Select(entry => entry.Word)) is { } nearest
                ? $"there is no kind '{word}'; did you mean '{nearest}'?"
                : $"there is no kind '{word}'; there are: {Kinds}");
        }

        ExtensionStatus extension = KnownExtension.Find(manager, context.Arguments.Get(0)!);
        if (extension.State != ExtensionState.Running || extension.DomainId is not { } domainId)
        {
            throw new CommandFailureException($"{extension.Name} is not running but {Words.Of(extension.State)}");
        }

        // A later `wait recovered` is to mean this crash, not one before it.
        manager.AcknowledgeRecoveries(extension.Name);
        CallStatus status = misbehavior.Misbehave(domainId, s_kinds[index].Kind);
        return status is CallStatus.Ok or CallStatus.DomainDied
            ? ExitCode.Success
            : throw new CommandFailureException($"{extension.Name} refused: {Words.Of(status)}");
    }
}
