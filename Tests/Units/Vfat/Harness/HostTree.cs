using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>A random tree, and the way between a folder of the host and a volume by mtools.</summary>
internal static class HostTree
{
    private const int RootEntries = 20;
    private const int LongestName = 240;
    private const int SlotsPerSector = 16;
    private const int CharactersPerSlot = 13;
    private const int NumberDigits = 3;

    private static readonly string[] s_names =
        ["README.TXT", "readme first.md", "\u00C4pfel und Birnen.csv", "\u4E2D\u6587\u6587\u4EF6.dat", "a.b.c.d", "UPPER.low", "+plus;semi=[x].txt", "\u03A9"];

    /// <summary>Fails if two trees have not the same directories, and the same files with the same bytes.</summary>
    public static void AssertSame(SortedDictionary<string, byte[]?> expected, SortedDictionary<string, byte[]?> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string path, byte[]? content) in expected)
        {
            Assert.Equal(content is null, actual[path] is null);
            Assert.Equal(content.AsSpan(), actual[path].AsSpan());
        }
    }

    /// <summary>
    /// Makes a tree that takes about so many bytes, and which mcopy can write to a volume with clusters of so many sectors: it makes
    /// a directory longer by one cluster, and gives up if a name needs more slots than that has.
    /// </summary>
    public static SortedDictionary<string, byte[]?> GenerateForMtools(int seed, int totalBytes, int clusterSectors)
        => Generate(seed, totalBytes, Math.Min(LongestName, (((clusterSectors * SlotsPerSector) - 1) * CharactersPerSlot) - NumberDigits));

    /// <summary>Makes a tree that takes about so many bytes.</summary>
    public static SortedDictionary<string, byte[]?> Generate(int seed, int totalBytes, int longestName = LongestName)
    {
        Random random = new(seed);
        SortedDictionary<string, byte[]?> tree = new(StringComparer.Ordinal);
        List<string> directories = [string.Empty];
        bool isDeep = random.Next(2) == 0;
        int inRoot = 0;
        for (int number = 0, used = 0; used < totalBytes && number < 300; number++)
        {
            string parent = isDeep ? directories[^1] : directories[random.Next(directories.Count)];
            if (parent.Length == 0 && ++inRoot > RootEntries)
            {
                // On FAT12 and FAT16 the root has 512 slots, of which a long name may take 21.
                parent = directories[random.Next(Math.Min(1, directories.Count - 1), directories.Count)];
            }

            string path = $"{parent}/{MakeName(random, number, longestName)}";
            if (inRoot == RootEntries && directories.Count == 1)
            {
                tree.Add(path, null);
                directories.Add(path);
                continue;
            }

            if (random.Next(5) == 0 && parent.Count(character => character == '/') < 12)
            {
                tree.Add(path, null);
                directories.Add(path);
                used += 2048;
                continue;
            }

            byte[] content = new byte[random.Next(4) switch { 0 => 0, 1 => random.Next(600), 2 => random.Next(9000), _ => random.Next(totalBytes / 8) }];
            random.NextBytes(content);
            tree.Add(path, content);
            used += content.Length + 2048;
        }

        return tree;
    }

    /// <summary>Has mcopy write a tree to an image.</summary>
    public static void WriteByMtools(TemporaryImage image, SortedDictionary<string, byte[]?> tree)
    {
        string folder = Directory.CreateTempSubdirectory("vfat").FullName;
        try
        {
            foreach ((string path, byte[]? content) in tree)
            {
                if (content is null)
                {
                    Directory.CreateDirectory(folder + path);
                }
                else
                {
                    File.WriteAllBytes(folder + path, content);
                }
            }

            string[] top = [.. Directory.EnumerateFileSystemEntries(folder)];
            HostTools.Mtools("mcopy", image, ["-s", "-Q", .. top, "::"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Has mcopy read a tree from an image.</summary>
    public static SortedDictionary<string, byte[]?> ReadByMtools(byte[] image)
    {
        using TemporaryImage file = new(image);
        string folder = Directory.CreateTempSubdirectory("vfat").FullName;
        try
        {
            HostTools.Mtools("mcopy", file, "-s", "-n", "::/", folder);
            SortedDictionary<string, byte[]?> tree = new(StringComparer.Ordinal);
            foreach (string entry in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
            {
                tree.Add(entry[folder.Length..], Directory.Exists(entry) ? null : File.ReadAllBytes(entry));
            }

            return tree;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string MakeName(Random random, int number, int longestName) => random.Next(4) switch
    {
        0 => $"FILE{number}.BIN",
        1 => $"{number} {s_names[random.Next(s_names.Length)]}",
        2 => $"{number}{new string('w', random.Next(1, longestName))}",
        _ => $"file {number}.txt",
    };
}
