using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NooksOS.Tests.Units.Architecture;

/// <summary>The checked-out tree, found from the test's own folder upwards.</summary>
internal static class SourceTree
{
    private static readonly string[] s_generated = ["bin", "obj", "artifacts"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string pattern, params string[] folders)
        => folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(s_generated.Contains));

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Cosmos.Build.props")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests do not run from inside a checkout.");
    }
}
