using System;
using System.Collections.Generic;
using System.IO;

namespace NooksOS.Tests.Units.Loading;

/// <summary>The images that the build has made, if it has made any: a clean tree has none, and then there is nothing to look at.</summary>
internal static class RealImages
{
    /// <summary>Loadable images; the kernel is not one.</summary>
    public static IEnumerable<string> Find() => Find("*.nx");

    /// <summary>The linked files with symbols.</summary>
    public static IEnumerable<string> FindUnstripped() => Find("*.elf");

    private static IEnumerable<string> Find(string pattern)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        string images = Path.Combine(folder?.FullName ?? ".", "artifacts", "images");
        if (!Directory.Exists(images))
        {
            yield break;
        }

        foreach (string path in Directory.EnumerateFiles(images, pattern))
        {
            if (!Path.GetFileName(path).StartsWith("kernel", StringComparison.Ordinal))
            {
                yield return path;
            }
        }
    }
}
