using System;
using NooksOS.Kernel.Bus;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Switches the machine off.</summary>
internal sealed class PowerOffCommand(Action finish) : ICommand
{
    public CommandSyntax Syntax { get; } = new() { Name = "poweroff", Summary = "switch the machine off" };

    public int Run(ShellContext context)
    {
        finish();
        MachinePower.Off();
        return ExitCode.Failure;
    }
}
