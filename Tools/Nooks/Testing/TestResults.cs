using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace NooksOS.Tool.Testing;

/// <summary>What the tests of one project came to.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Skipped">How many were not run.</param>
/// <param name="Failures">The failed ones.</param>
public sealed record TestResults(int Passed, int Failed, int Skipped, IReadOnlyList<TestFailure> Failures)
{
    private static readonly XNamespace s_names = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Reads a results file of the test platform (TRX).</summary>
    public static TestResults Parse(string trx)
    {
        XElement document = XElement.Parse(trx);
        XElement counters = document.Descendants(s_names + "Counters").Single();
        int total = Count(counters, "total");
        int passed = Count(counters, "passed");
        int executed = Count(counters, "executed");
        TestFailure[] failures =
        [
            .. document.Descendants(s_names + "UnitTestResult")
                .Where(result => result.Attribute("outcome")?.Value == "Failed")
                .Select(result => new TestFailure(result.Attribute("testName")!.Value, MessageOf(result))),
        ];
        return new TestResults(passed, executed - passed, total - executed, failures);
    }

    /// <summary>The results of several projects together.</summary>
    public static TestResults Join(IEnumerable<TestResults> results)
        => results.Aggregate(
            new TestResults(0, 0, 0, []),
            (all, next) => new TestResults(
                all.Passed + next.Passed, all.Failed + next.Failed, all.Skipped + next.Skipped, [.. all.Failures, .. next.Failures]));

    private static int Count(XElement counters, string name) =>
        int.Parse(counters.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);

    private static string MessageOf(XElement result)
    {
        string message = result.Descendants(s_names + "Message").FirstOrDefault()?.Value ?? string.Empty;
        string place = result.Descendants(s_names + "StackTrace").FirstOrDefault()?.Value
            .Split('\n').FirstOrDefault(line => line.Contains(" in ", StringComparison.Ordinal)) ?? string.Empty;
        return $"{message.Trim()}\n{place.TrimEnd()}".Trim();
    }
}
