using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Building;

/// <summary>The files that the bootable image is made from, and a stamp that changes when any of them does.</summary>
public sealed class BuildInputs
{
    private static readonly string[] s_outsideFolders = ["Tests/", "artifacts/", ".git/", ".ci/"];

    private readonly SourceTree _tree;

    /// <summary>Looks at the files of <paramref name="tree"/>.</summary>
    public BuildInputs(SourceTree tree)
    {
        _tree = tree;
    }

    /// <summary>True where a change of the file (path relative to the top) can change the image.</summary>
    public static bool IsInput(string path) =>
        !s_outsideFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
        && !path.Contains("/obj/", StringComparison.Ordinal)
        && !path.Contains("/bin/", StringComparison.Ordinal)
        && Path.GetExtension(path) != ".md";

    /// <summary>A digest of the names, sizes and times of all inputs.</summary>
    public async Task<string> StampAsync(CancellationToken cancellation)
    {
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in (await ListAsync(cancellation)).Where(IsInput).Order(StringComparer.Ordinal))
        {
            FileInfo file = new(Path.Combine(_tree.Root, path));
            string state = file.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{path}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\n")
                : $"{path}\0gone\n";
            digest.AppendData(Encoding.UTF8.GetBytes(state));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private async Task<IEnumerable<string>> ListAsync(CancellationToken cancellation)
    {
        if (Path.Exists(Path.Combine(_tree.Root, ".git")))
        {
            try
            {
                ProcessResult listing = await ChildProcess.RunAsync(
                    "git",
                    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                    _tree.Root,
                    cancellation: cancellation);
                if (listing.ExitStatus == 0)
                {
                    return listing.Output.TrimEnd('\n').Split('\0', StringSplitOptions.RemoveEmptyEntries);
                }
            }
            catch (HostException)
            {
                // No git on this machine: the folders themselves tell as well, only slower.
            }
        }

        return Directory.EnumerateFiles(_tree.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_tree.Root, path));
    }
}
