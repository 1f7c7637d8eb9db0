using NooksOS.Kernel.Bus;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Restarts the machine.</summary>
internal sealed class RebootCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new() { Name = "reboot", Summary = "restart the machine" };

    public int Run(ShellContext context)
    {
        MachinePower.Restart();
        return ExitCode.Failure;
    }
}
