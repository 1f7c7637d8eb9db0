using System.Linq;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>policy</c>: shows policies; <c>policy NAME …</c> changes one.</summary>
internal sealed class PolicyCommand(RecoveryManager manager) : ICommand
{
    private const int MaximumWords = 6;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "policy",
        Summary = "show or set what is done when an extension fails",
        Arguments = "[NAME] " + PolicySyntax.Usage,
        MaximumArguments = MaximumWords,
        Options = [CommandOption.Json],
        Details = """
            restart  at once the first time within the window, then after initial, twice initial, ... up to maximum
            delay    after initial, twice initial, ... up to maximum
            replace  load the replacement image
            give-up  leave it stopped
            More than faults within the window (0: any number): load the replacement if there is one, else give up.
            """,
    };

    public int Run(ShellContext context)
    {
        string? name = context.Arguments.Get(0);
        string[] words = [.. context.Arguments.Positional.Skip(1)];
        if (name is not null && words.Length != 0)
        {
            RecoveryPolicyParameters policy = KnownExtension.Find(manager, name).Policy;
            if (PolicySyntax.TryApply(words, ref policy) is { } error)
            {
                throw new UsageException(error);
            }

            manager.SetPolicy(name, policy);
        }

        Table table = new(
            new TableColumn("EXTENSION", "extension"),
            new TableColumn("ACTION", "action"),
            new TableColumn("INITIAL MS", "initialDelayMilliseconds"),
            new TableColumn("MAXIMUM MS", "maximumDelayMilliseconds"),
            new TableColumn("FAULTS", "maximumFaults"),
            new TableColumn("WINDOW MS", "windowMilliseconds"),
            new TableColumn("REPLACEMENT", "hasReplacement"));
        foreach (ExtensionStatus extension in name is null ? manager.Describe() : [KnownExtension.Find(manager, name)])
        {
            RecoveryPolicyParameters policy = extension.Policy;
            table.Add(
                extension.Name,
                PolicySyntax.WordOf(policy.Action),
                policy.InitialDelayMilliseconds,
                policy.MaximumDelayMilliseconds,
                policy.MaximumFaults,
                policy.WindowMilliseconds,
                policy.HasReplacement);
        }

        context.Print(table);
        return ExitCode.Success;
    }
}
