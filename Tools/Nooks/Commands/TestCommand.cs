using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using NooksOS.Tool.Testing;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks test</c>: all tests, on the host and in booted machines.</summary>
public static class TestCommand
{
    private static readonly char[] s_operators = ['(', ')', '&', '|', '=', '!', '~', '\\', '\'', '"', ' '];

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Argument<string?> filter = new("FILTER")
        {
            Description = "run only tests whose full names contain this",
            Arity = ArgumentArity.ZeroOrOne,
        };
        filter.Validators.Add(RefuseOperators);
        Command command = new("test", "Run the tests, on the host and in booted machines") { filter };
        command.SetAction((result, cancellation) => RunAsync(context, result.GetValue(filter), cancellation));
        return command;
    }

    // The test platform would take them for operators of its own.
    private static void RefuseOperators(ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && result.Tokens[0].Value.IndexOfAny(s_operators) is int place && place >= 0)
        {
            result.AddError($"FILTER takes a part of a test's name, which has no '{result.Tokens[0].Value[place]}'");
        }

        NamedFiles.RefuseEmpty(result, "FILTER");
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
