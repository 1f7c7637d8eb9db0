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
    public Task<string> EnsureAsync(CancellationToken cancellation)
        => EnsureAsync(_tree.ImageProject, "Building the images", isAlwaysBuilt: false, cancellation);

    /// <summary>Does the same, and builds everything else that the solution lists beside it.</summary>
    public Task<string> EnsureWithAllProjectsAsync(CancellationToken cancellation)
        => EnsureAsync(_tree.SolutionFile, "Building the images and the tests", isAlwaysBuilt: true, cancellation);

    private async Task<string> EnsureAsync(string project, string title, bool isAlwaysBuilt, CancellationToken cancellation)
    {
        try
        {
            await new Prerequisites(_progress).EnsureAsync(cancellation);
            Directory.CreateDirectory(_tree.Logs);
            using BuildLock held = await BuildLock.TakeAsync(Path.Combine(_tree.Artifacts, "build.lock"), cancellation);

            // Taken before the build: a file that is saved while it runs must cause another one.
            string stamp = await new BuildInputs(_tree).StampAsync(cancellation);
            bool isCurrent = File.Exists(_tree.IsoFile) && File.Exists(StampFile) && File.ReadAllText(StampFile) == stamp;
            if (isAlwaysBuilt || !isCurrent)
            {
                File.Delete(StampFile);
                await new ProjectBuilder(_tree, _progress).BuildAsync(project, title, cancellation);
                if (!File.Exists(_tree.IsoFile))
                {
                    throw new HostException($"the build ended without an error and without {_tree.IsoFile}");
                }

                await File.WriteAllTextAsync(StampFile, stamp, cancellation);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HostException(failure.Message, failure);
        }

        return _tree.IsoFile;
    }
}
