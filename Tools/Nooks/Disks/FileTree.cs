using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace NooksOS.Tool.Disks;

/// <summary>Trees of files on the host: made by a seed, and known by the digest of each file by its path in the tree.</summary>
public static class FileTree
{
    private const int FilesPerDirectory = 25;
    private const int DirectoriesPerDirectory = 6;
    private const int SmallBytes = 8_000;
    private const int MiddlingBytes = 64_000;
    private const int LargeBytes = 500_000;

    /// <summary>Writes a tree as those of sources are: deep, with long names, most files small. Returns the digests.</summary>
    public static SortedDictionary<string, string> Write(string root, int files, int seed)
    {
        Random random = new(seed);
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        for (int number = 0; number < files; number++)
        {
            string path = Path.Combine(DirectoryOf(number / FilesPerDirectory), NameOf(number));
            byte[] content = new byte[random.Next(random.Next(100) switch { 0 => LargeBytes, < 10 => MiddlingBytes, _ => SmallBytes })];
            random.NextBytes(content);
            string full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, content);
            digests.Add(path, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        return digests;
    }

    /// <summary>The digests of the files that are in a folder.</summary>
    public static SortedDictionary<string, string> ReadDigests(string root) => new(
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(root, file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);

    // A tree with as many branches everywhere: the path is the number written in that base.
    private static string DirectoryOf(int number)
    {
        string path = string.Empty;
        for (int left = number; left != 0; left = (left - 1) / DirectoriesPerDirectory)
        {
            path = Path.Combine(string.Create(CultureInfo.InvariantCulture, $"directory {(left - 1) % DirectoriesPerDirectory}"), path);
        }

        return path;
    }

    private static string NameOf(int number) => (number % 3) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"F{number}.C"),
        1 => string.Create(CultureInfo.InvariantCulture, $"a file with a long name, number {number}.data"),
        _ => string.Create(CultureInfo.InvariantCulture, $"größe-{number}.txt"),
    };
}
