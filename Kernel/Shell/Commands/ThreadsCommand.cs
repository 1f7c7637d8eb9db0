using System;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Lists the kernel's threads.</summary>
internal sealed class ThreadsCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "threads",
        Summary = "threads of the kernel",
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        Table table = new(
            new("ID", "id"), new("NAME", "name"), new("STATE", "state"), new("PRIORITY", "priority"), new("CPU-MS", "cpuMilliseconds"), new("SWITCHES", "switches"), new("IN-DOMAIN", "inDomain"));
        foreach (ThreadSnapshot thread in ThreadList.Take())
        {
            table.Add(
                thread.Id,
                thread.Name,
                StateName(thread),
                (uint)thread.Priority,
                thread.Ticks * 1000 / Clock.TicksPerSecond,
                thread.Switches,
                thread.IsInDomain);
        }

        context.Print(table);
        return ExitCode.Success;
    }

    private static string StateName(ThreadSnapshot thread) => thread.State switch
    {
        _ when thread.IsCurrent => "running",
        ThreadState.Ready => "ready",
        ThreadState.Waiting => "waiting",
        ThreadState.WaitingForMonitor => "waiting for a domain",
        ThreadState.Ended => "ended",
        _ => throw new InvalidOperationException(),
    };
}
