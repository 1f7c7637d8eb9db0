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
    private const string LowestPriority = "19";

    private readonly Lock _sync = new();
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
        if (filter is null)
        {
            await new IsoBuilder(_tree, _progress).EnsureWithAllProjectsAsync(cancellation);
        }
        else
        {
            ProjectBuilder builder = new(_tree, _progress);
            foreach (string project in Projects())
            {
                await builder.BuildAsync(PathOf(project), $"Building {NameOf(project)}", cancellation);
            }
        }

        // Machines wait for half of their time, and leave the processors to the tests that only compute.
        ILookup<bool, string> projects = Projects().ToLookup(IsBootTest);
        Directory.CreateDirectory(ResultsFolder);
        IEnumerable<TestResults>[] all = await _progress.DuringAsync(
            "Testing",
            report => Task.WhenAll(
                RunProjectsAsync(projects[false], isPatient: true, filter, report, cancellation),
                RunProjectsAsync(projects[true], isPatient: false, filter, report, cancellation)));
        return TestResults.Join(all.SelectMany(results => results));
    }

    private static bool IsBootTest(string project) => NameOf(project) == BootTests;

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    private async Task<IEnumerable<TestResults>> RunProjectsAsync(
        IEnumerable<string> projects, bool isPatient, string? filter, Action<string> report, CancellationToken cancellation)
    {
        List<TestResults> all = [];
        foreach (string project in projects)
        {
            TestResults results = await RunProjectAsync(project, isPatient, filter, report, cancellation);
            all.Add(results);
            lock (_sync)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{NameOf(project)}: {results.Passed} passed, {results.Failed} failed"));
                foreach (TestFailure failure in results.Failures)
                {
                    Console.WriteLine($"  FAILED {failure.Name}\n    {failure.Message.Replace("\n", "\n    ", StringComparison.Ordinal)}");
                }
            }
        }

        return all;
    }

    private async Task<TestResults> RunProjectAsync(
        string project, bool isPatient, string? filter, Action<string> report, CancellationToken cancellation)
    {
        string name = NameOf(project);
        string resultsFile = Path.Combine(ResultsFolder, name + ".trx");
        File.Delete(resultsFile);
        List<string> words = isPatient ? ["nice", "-n", LowestPriority] : [];
        words.AddRange([
            "env", ChildProcess.WithoutProfiling, "dotnet", "test", PathOf(project), "-nologo", "--no-build", "--results-directory", ResultsFolder,
            "--logger", $"trx;LogFileName={name}.trx",
        ]);
        if (filter is not null)
        {
            words.AddRange(["--filter", $"FullyQualifiedName~{filter}"]);
        }

        ProcessResult result = await ChildProcess.RunAsync(words[0], words.Skip(1), _tree.Root, report, cancellation);
        if (File.Exists(resultsFile))
        {
            return TestResults.Parse(await File.ReadAllTextAsync(resultsFile, cancellation));
        }

        return result.ExitStatus == 0
            ? new TestResults(0, 0, 0, [])
            : throw new HostException($"the test runner of {project} failed: {(result.Errors.Length != 0 ? result.Errors : result.Output).Trim()}");
    }

    private string PathOf(string project) => Path.Combine(_tree.Root, project);
}
