using System;
using System.Globalization;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Tells how long the kernel runs, and how much of that it had nothing to do.</summary>
internal sealed class UptimeCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "uptime",
        Summary = "how long the kernel runs, and how much of that it is idle",
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        long upNanoseconds = Clock.Nanoseconds;
        long idleNanoseconds = IdleTime.Nanoseconds;
        context.Output.WriteLine(
            context.Json
                ? new JsonWriter().BeginObject()
                    .Property("milliseconds", upNanoseconds / 1_000_000)
                    .Property("nanoseconds", upNanoseconds)
                    .Property("idleNanoseconds", idleNanoseconds)
                    .EndObject().ToString()
                : $"up {Text(upNanoseconds)}, idle {Text(idleNanoseconds)}");
        return ExitCode.Success;
    }

    private static string Text(long nanoseconds)
    {
        TimeSpan time = TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000}");
    }
}
