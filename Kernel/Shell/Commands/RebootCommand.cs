using System;
using NooksOS.Kernel.Bus;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Restarts the machine.</summary>
internal sealed class RebootCommand(Action finish) : ICommand
{
    public CommandSyntax Syntax { get; } = new() { Name = "reboot", Summary = "restart the machine" };

    public int Run(ShellContext context)
    {
        finish();
        MachinePower.Restart();
        return ExitCode.Failure;
    }
}
