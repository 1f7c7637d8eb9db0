using NooksOS.Kernel.Bus;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Switches the machine off.</summary>
internal sealed class PowerOffCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new() { Name = "poweroff", Summary = "switch the machine off" };

    public int Run(ShellContext context)
    {
        MachinePower.Off();
        return ExitCode.Failure;
    }
}
