using System;
using System.Diagnostics;
using System.Globalization;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Tells how long the kernel runs.</summary>
internal sealed class UptimeCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "uptime",
        Summary = "how long the kernel runs",
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        TimeSpan uptime = Stopwatch.GetElapsedTime(0);
        if (context.Json)
        {
            context.Output.WriteLine(new JsonWriter().BeginObject().Property("milliseconds", (long)uptime.TotalMilliseconds).EndObject().ToString());
        }
        else
        {
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"up {(int)uptime.TotalHours}:{uptime.Minutes:00}:{uptime.Seconds:00}.{uptime.Milliseconds:000}"));
        }

        return ExitCode.Success;
    }
}
