using System;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>The commands that need nothing but the kernel itself.</summary>
public static class BasicCommands
{
    /// <summary>Adds them.</summary>
    /// <param name="commands">Where to.</param>
    /// <param name="countDomainPages">Counts the pages that domains own at this moment.</param>
    /// <param name="finish">Called before the machine ends or restarts: brings what is still on its way to where it lasts.</param>
    public static void AddTo(CommandRegistry commands, Func<long> countDomainPages, Action finish)
    {
        commands.Add(new ClearCommand());
        commands.Add(new EchoCommand());
        commands.Add(new HelpCommand());
        commands.Add(new LogCommand());
        commands.Add(new MemoryCommand(countDomainPages));
        commands.Add(new PciCommand());
        commands.Add(new PowerOffCommand(finish));
        commands.Add(new RebootCommand(finish));
        commands.Add(new SleepCommand());
        commands.Add(new ThreadsCommand());
        commands.Add(new UptimeCommand());
    }
}
