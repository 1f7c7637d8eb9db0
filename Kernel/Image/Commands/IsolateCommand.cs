using NooksOS.Image.Hosting;
using NooksOS.Isolation;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;
using NooksOS.Recovery.Commands;

namespace NooksOS.Image.Commands;

/// <summary><c>isolate NAME domain|direct</c>: puts a running extension into its domain, or lets it run unprotected.</summary>
internal sealed class IsolateCommand(DomainHost host, RecoveryManager manager, KernelClock clock) : ICommand
{
    private const long ReloadBoundNanoseconds = 10_000_000_000;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "isolate",
        Summary = "protect the kernel from an extension, or do not",
        Arguments = "NAME domain|direct",
        MinimumArguments = 2,
        MaximumArguments = 2,
        Details = "domain: the protection that the system was started with, or ring3 if it was started without.\n"
            + "direct: none. The extension can then hurt the kernel. 'domains' shows what is in force.",
    };

    public int Run(ShellContext context)
    {
        string name = KnownExtension.Find(manager, context.Arguments.Get(0)!).Name;
        ProtectionBackEnd backEnd = context.Arguments.Get(1) switch
        {
            "direct" => ProtectionBackEnd.Direct,
            "domain" => host.IsolatingBackEnd,
            var other => throw new UsageException($"'{other}' is not domain or direct"),
        };
        if (host.Find(name) is not { } place)
        {
            throw new CommandFailureException($"{name} is not loaded");
        }

        if (place.IsProcess)
        {
            throw new CommandFailureException($"{name} is a process: those run at ring 3 always");
        }

        place.BackEnd = backEnd;
        if (place.Instance is { IsAlive: true } instance && !BackEndSwitch.TrySwitch(instance, backEnd, clock))
        {
            // Somebody is inside all the time, or its pages were not made for this protection: the next instance will do.
            Reload(name);
        }

        return ExitCode.Success;
    }

    private void Reload(string name)
    {
        if (manager.Request(name, ExtensionCommand.Reload) is { } refusal)
        {
            throw new CommandFailureException(refusal);
        }

        if (manager.WaitForCommand(name, ReloadBoundNanoseconds) != RecoveryWaitResult.Done)
        {
            throw new CommandFailureException($"{name}: {manager.Describe(name)?.LastError ?? "it was not reloaded in time"}");
        }
    }
}
