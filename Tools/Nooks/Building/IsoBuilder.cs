using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Building;

/// <summary>Builds the bootable image, but only if anything that it is made from has changed.</summary>
public sealed class IsoBuilder
{
    private readonly SourceTree _tree;
    private readonly Progress _progress;

    /// <summary>Builds in <paramref name="tree"/>.</summary>
    public IsoBuilder(SourceTree tree, Progress progress)
    {
        _tree = tree;
        _progress = progress;
    }

    private string StampFile => Path.Combine(_tree.Artifacts, "nooks.iso.stamp");

    /// <summary>Makes sure that the bootable image is there and up to date; returns its path.</summary>
    public async Task<string> EnsureAsync(CancellationToken cancellation)
    {
        try
        {
            await new Prerequisites(_progress).EnsureAsync(cancellation);
            Directory.CreateDirectory(_tree.Logs);
            using BuildLock held = await BuildLock.TakeAsync(Path.Combine(_tree.Artifacts, "build.lock"), cancellation);

            // Taken before the build: a file that is saved while it runs must cause another one.
            string stamp = await new BuildInputs(_tree).StampAsync(cancellation);
            if (!IsCurrent(stamp))
            {
                await BuildAsync(cancellation);
                await File.WriteAllTextAsync(StampFile, stamp, cancellation);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HostException(failure.Message, failure);
        }

        return _tree.IsoFile;
    }

    private bool IsCurrent(string stamp) =>
        File.Exists(_tree.IsoFile) && File.Exists(StampFile) && File.ReadAllText(StampFile) == stamp;

    private async Task BuildAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_tree.ImageProject))
        {
            throw new HostException($"{_tree.ImageProject} is missing: there is no kernel image to build");
        }

        File.Delete(StampFile);
        ProcessResult result = await _progress.DuringAsync(
            "Building the images",
            report => ChildProcess.RunAsync("dotnet", ["build", _tree.ImageProject, "-nologo", "-v:minimal"], _tree.Root, report, cancellation));
        string log = Path.Combine(_tree.Logs, "build.log");
        if (result.ExitStatus == 0 && File.Exists(_tree.IsoFile))
        {
            return;
        }

        string output = result.Output + result.Errors;
        if (BuildLog.SaysDiskFull(output))
        {
            throw new HostException($"the disk that holds {_tree.Artifacts} or the temporary folder is full");
        }

        await File.WriteAllTextAsync(log, output, cancellation);
        if (result.ExitStatus == 0)
        {
            throw new HostException($"the build ended without an error and without {_tree.IsoFile}; its log is {log}");
        }

        foreach (string line in BuildLog.Errors(output))
        {
            Progress.Say(line);
        }

        throw new HostException($"the build failed; its log is {log}");
    }
}
