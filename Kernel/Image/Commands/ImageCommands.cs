using NooksOS.Image.Hosting;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;

namespace NooksOS.Image.Commands;

/// <summary>The commands that need several layers at once.</summary>
internal static class ImageCommands
{
    /// <summary>Adds them.</summary>
    public static void AddTo(CommandRegistry commands, DomainHost host, RecoveryManager manager, KernelClock clock)
    {
        commands.Add(new BenchCommand(host, clock));
        commands.Add(new IsolateCommand(host, manager, clock));
        commands.Add(new XpcCommand());
    }
}
