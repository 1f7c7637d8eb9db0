using NooksOS.Image.Probing;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary><c>probe on|off</c>: whether services are asked what the kernel knows the answer of.</summary>
internal sealed class ProbeCommand(ServiceProbes probes, BlockShadow disks, FileShadow files) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "probe",
        Summary = "ask services what the kernel knows the answer of, while the network is in use",
        Arguments = "on|off",
        MinimumArguments = 1,
        MaximumArguments = 1,
        Details = "Finds a network stack or a web server that goes on and does the wrong thing; it is replaced. Off at first, because the\n"
            + "connections that it takes are seen by whoever counts them. A neighbour is asked more quickly, too, whether the card still works, and\n"
            + "the driver of a disk is replaced that takes much longer than it took before. A file system that refuses what it need not often refuse is\n"
            + "replaced, and the next one is asked.",
    };

    public int Run(ShellContext context)
    {
        probes.IsOn = context.Arguments.Get(0) switch
        {
            "on" => true,
            "off" => false,
            var other => throw new UsageException($"'{other}' is not on or off"),
        };
        disks.IsWatchedClosely = probes.IsOn;
        files.IsWatchedClosely = probes.IsOn;
        return ExitCode.Success;
    }
}
