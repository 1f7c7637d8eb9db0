using System;
using System.CommandLine;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Testing;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks test</c>: all tests, on the host and in booted machines.</summary>
public static class TestCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Argument<string?> filter = new("FILTER")
        {
            Description = "run only tests whose full names contain this",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("test", "Run the tests, on the host and in booted machines") { filter };
        command.SetAction((result, cancellation) => RunAsync(context, result.GetValue(filter), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? filter, CancellationToken cancellation)
    {
        TestResults results = await new TestRunner(context.Tree, context.Progress).RunAsync(filter, cancellation);
        if (results.Passed + results.Failed == 0)
        {
            throw new HostException(filter is null ? "there are no tests" : $"no test has '{filter}' in its name");
        }

        string skipped = results.Skipped == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {results.Skipped} skipped");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Passed} passed, {results.Failed} failed{skipped}"));
        return (int)(results.Failed == 0 ? ExitCode.Success : ExitCode.Failure);
    }
}
