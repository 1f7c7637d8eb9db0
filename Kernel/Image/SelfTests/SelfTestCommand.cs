using System;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.SelfTests;

/// <summary>Runs the tests of the kernel's own runtime.</summary>
internal sealed class SelfTestCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "selftest",
        Arguments = "[FILTER]",
        Summary = "kernel-side tests of the runtime; all, or those whose name contains FILTER",
        MaximumArguments = 1,
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        string filter = context.Arguments.Positional.Count == 0 ? string.Empty : context.Arguments.Positional[0];
        Table table = new(new("RESULT", "result"), new("TEST", "test"), new("DETAIL", "detail"));
        int failures = SelfTestSuite.Run(filter, result =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            table.Add(result.Passed ? "ok" : "FAILED", result.Name, result.Detail);
        });
        if (table.RowCount == 0)
        {
            throw new CommandFailureException($"no test has a name that contains '{filter}'");
        }

        context.Print(table);
        if (failures != 0 && !context.Json)
        {
            context.Output.WriteLine($"{failures} of {table.RowCount} failed");
        }

        return failures == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
