using System;
using System.IO;

namespace NooksOS.Tool.Host;

/// <summary>Where things lie in the repository that this tool was built from.</summary>
public sealed class SourceTree
{
    private const string Marker = "Directory.Packages.props";

    /// <summary>Takes <paramref name="root"/> for the top of the repository.</summary>
    public SourceTree(string root)
    {
        Root = root;
    }

    /// <summary>The top of the repository.</summary>
    public string Root { get; }

    /// <summary>Everything that is built lies below this folder.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The bootable image.</summary>
    public string IsoFile => Path.Combine(Artifacts, "nooks.iso");

    /// <summary>The kernel with its symbols, for a debugger.</summary>
    public string KernelSymbolFile => Path.Combine(Artifacts, "images", "kernel.elf");

    /// <summary>The project whose build makes the bootable image.</summary>
    public string ImageProject => Path.Combine(Root, "Kernel", "Image", "Image.csproj");

    /// <summary>The list of all projects.</summary>
    public string SolutionFile => Path.Combine(Root, "NooksOS.slnx");

    /// <summary>Logs of machines that failed and of builds.</summary>
    public string Logs => Path.Combine(Artifacts, "logs");

    /// <summary>Finds the repository above the folder that the tool runs from.</summary>
    public static SourceTree Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return new SourceTree(folder.FullName);
            }
        }

        throw new HostException($"no {Marker} above {AppContext.BaseDirectory}: the tool must lie inside its repository");
    }
}
