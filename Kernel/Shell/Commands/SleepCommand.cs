using System;
using System.Globalization;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Waits.</summary>
internal sealed class SleepCommand : ICommand
{
    private const double MaximumSeconds = 86_400;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "sleep",
        Summary = "wait; Ctrl-C ends it",
        Arguments = "SECONDS",
        MinimumArguments = 1,
        MaximumArguments = 1,
        Details = "SECONDS may have a fraction: sleep 0.25",
    };

    public int Run(ShellContext context)
    {
        string text = context.Arguments.Positional[0];
        // "nan" is a number to the parser, but to no comparison.
        bool valid = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        if (!valid || !(seconds <= MaximumSeconds))
        {
            throw new UsageException($"SECONDS must be a number from 0 to {MaximumSeconds}, not '{text}'");
        }

        context.Sleep(TimeSpan.FromSeconds(seconds));
        return ExitCode.Success;
    }
}
