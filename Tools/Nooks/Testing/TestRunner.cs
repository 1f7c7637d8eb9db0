using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using NooksOS.Tool.Building;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Testing;

/// <summary>Builds and runs the test projects that the solution lists.</summary>
public sealed class TestRunner
{
    private const string BootTests = "Boot";

    private readonly SourceTree _tree;
    private readonly Progress _progress;

    /// <summary>Runs the tests of <paramref name="tree"/>.</summary>
    public TestRunner(SourceTree tree, Progress progress)
    {
        _tree = tree;
        _progress = progress;
    }

    private string ResultsFolder => Path.Combine(_tree.Logs, "tests");

    /// <summary>The test projects in the order in which they are run: those that boot machines come last.</summary>
    public IReadOnlyList<string> Projects()
    {
        IEnumerable<string> listed = XDocument.Load(_tree.SolutionFile).Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        return [.. listed.Where(path => path.StartsWith("Tests/", StringComparison.Ordinal)).OrderBy(IsBootTest)];
    }

    /// <summary>Runs the tests whose full names contain the filter, all without one.</summary>
    public async Task<TestResults> RunAsync(string? filter, CancellationToken cancellation)
    {
        List<TestResults> all = [];
        if (filter is null)
        {
            // Some tests look at every image there is; and otherwise the first boot test builds it, at the expense of its own time.
            await new IsoBuilder(_tree, _progress).EnsureAsync(cancellation);
        }

        foreach (string project in Projects())
        {
            string name = Path.GetFileNameWithoutExtension(project);
            TestResults results = await RunProjectAsync(project, name, filter, cancellation);
            all.Add(results);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {results.Passed} passed, {results.Failed} failed"));
            foreach (TestFailure failure in results.Failures)
            {
                Console.WriteLine($"  FAILED {failure.Name}\n    {failure.Message.Replace("\n", "\n    ", StringComparison.Ordinal)}");
            }
        }

        return new TestResults(
            all.Sum(results => results.Passed),
            all.Sum(results => results.Failed),
            all.Sum(results => results.Skipped),
            [.. all.SelectMany(results => results.Failures)]);
    }

    private static bool IsBootTest(string project) => Path.GetFileNameWithoutExtension(project) == BootTests;

    private async Task<TestResults> RunProjectAsync(string project, string name, string? filter, CancellationToken cancellation)
    {
        Directory.CreateDirectory(ResultsFolder);
        string resultsFile = Path.Combine(ResultsFolder, name + ".trx");
        File.Delete(resultsFile);
        List<string> arguments =
        [
            "test", Path.Combine(_tree.Root, project), "-nologo", "--results-directory", ResultsFolder,
            "--logger", $"trx;LogFileName={name}.trx",
        ];
        if (filter is not null)
        {
            arguments.AddRange(["--filter", $"FullyQualifiedName~{filter}"]);
        }

        ProcessResult result = await _progress.DuringAsync(
            $"Testing {name}",
            report => ChildProcess.RunAsync("dotnet", arguments, _tree.Root, report, cancellation));
        if (File.Exists(resultsFile))
        {
            return TestResults.Parse(await File.ReadAllTextAsync(resultsFile, cancellation));
        }

        if (result.ExitStatus == 0)
        {
            return new TestResults(0, 0, 0, []);
        }

        foreach (string line in BuildLog.Errors(result.Output + result.Errors))
        {
            Progress.Say(line);
        }

        throw new HostException($"{project} did not build or its test runner failed");
    }
}
