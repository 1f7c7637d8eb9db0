using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Building;

/// <summary>Builds projects of the repository, or all of them.</summary>
public sealed class ProjectBuilder
{
    private readonly SourceTree _tree;
    private readonly Progress _progress;

    /// <summary>Builds in <paramref name="tree"/>.</summary>
    public ProjectBuilder(SourceTree tree, Progress progress)
    {
        _tree = tree;
        _progress = progress;
    }

    /// <summary>Builds a project or a solution. One that does not build is an error that says why.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="title">What the user is told meanwhile.</param>
    public async Task BuildAsync(string path, string title, CancellationToken cancellation)
    {
        using CompilerServer compiler = new();
        ProcessResult result = await _progress.DuringAsync(
            title,
            report => ChildProcess.RunAsync(
                "env",
                [ChildProcess.WithoutProfiling, "dotnet", "build", path, "-nologo", "-v:minimal", .. compiler.Arguments],
                _tree.Root,
                report,
                cancellation));
        if (result.ExitStatus == 0)
        {
            return;
        }

        string output = result.Output + result.Errors;
        if (BuildLog.SaysDiskFull(output))
        {
            throw new HostException($"the disk that holds {_tree.Artifacts} or the temporary folder is full");
        }

        string log = Path.Combine(_tree.Logs, "build.log");
        Directory.CreateDirectory(_tree.Logs);
        await File.WriteAllTextAsync(log, output, cancellation);
        foreach (string line in BuildLog.Errors(output))
        {
            Progress.Say(line);
        }

        throw new HostException($"the build failed; its log is {log}");
    }
}
