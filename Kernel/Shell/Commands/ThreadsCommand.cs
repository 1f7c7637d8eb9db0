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
                thread.IsCurrent ? "running" : NameOf(thread.State),
                (uint)thread.Priority,
                thread.Ticks * 1000 / Clock.TicksPerSecond,
                thread.Switches,
                thread.IsInDomain);
        }

        context.Print(table);
        return ExitCode.Success;
    }

    /// <summary>What a thread in a state does, in words.</summary>
    internal static string NameOf(ThreadState state) => state switch
    {
        ThreadState.Ready => "ready",
        ThreadState.Waiting => "waiting",
        ThreadState.WaitingForDomain => "waiting in a service",
        ThreadState.WaitingForDevice => "waiting for a device",
        ThreadState.WaitingForMonitor => "waiting to enter",
        ThreadState.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
