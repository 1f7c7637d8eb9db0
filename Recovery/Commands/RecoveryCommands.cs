using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>Adds the commands of the recovery layer to the shell.</summary>
public static class RecoveryCommands
{
    /// <summary>Adds <c>domains</c>, <c>ext</c>, <c>crash</c>, <c>faults</c>, <c>objects</c>, <c>policy</c> and <c>wait</c>.</summary>
    public static void AddTo(
        CommandRegistry registry,
        RecoveryManager manager,
        DomainViewer domains,
        FaultViewer faults,
        IMisbehaviorPort misbehavior,
        IImageInstaller? images = null)
    {
        registry.Add(new DomainsCommand(domains));
        registry.Add(new ExtensionsCommand(manager, images));
        registry.Add(new CrashCommand(manager, misbehavior));
        registry.Add(new FaultsCommand(faults));
        registry.Add(new ObjectsCommand(domains));
        registry.Add(new PolicyCommand(manager));
        registry.Add(new WaitCommand(manager));
    }
}
