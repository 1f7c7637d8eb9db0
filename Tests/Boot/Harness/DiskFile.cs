using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>The image of a disk with a FAT file system, in the hands of the programs of the host.</summary>
internal sealed class DiskFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nooks").FullName;

    public DiskFile(int megabytes)
    {
        using (FileStream file = File.Create(Path))
        {
            file.SetLength((long)megabytes << 20);
        }

        Run("/usr/sbin/mkfs.vfat", ["-F", "16", "-n", "NOOKS", Path]);
    }

    public string Path => System.IO.Path.Combine(_folder, "disk.img");

    /// <summary>Writes files that a seed decides by mcopy. Returns the digest of each by its path in the tree.</summary>
    public SortedDictionary<string, string> WriteTree(string name, int files, int seed)
    {
        Random random = new(seed);
        string root = System.IO.Path.Combine(_folder, name);
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        for (int number = 0; number < files; number++)
        {
            string path = number % 3 == 0 ? $"file {number}.bin" : $"directory {number % 7}/a longer name for file {number}.data";
            byte[] content = new byte[random.Next(number % 10 == 0 ? 300_000 : 20_000)];
            random.NextBytes(content);
            string full = System.IO.Path.Combine(root, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, content);
            digests.Add(path, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        Run("/usr/bin/mcopy", ["-i", Path, "-s", "-Q", root, "::"]);
        return digests;
    }

    /// <summary>The digests of a tree that mcopy reads.</summary>
    public SortedDictionary<string, string> ReadDigests(string name)
    {
        string target = System.IO.Path.Combine(_folder, "read");
        Directory.CreateDirectory(target);
        Run("/usr/bin/mcopy", ["-i", Path, "-s", "-n", $"::/{name}", target]);
        string root = System.IO.Path.Combine(target, name);
        return new SortedDictionary<string, string>(
            Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(
                file => System.IO.Path.GetRelativePath(root, file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
            StringComparer.Ordinal);
    }

    /// <summary>What fsck.vfat finds; nothing if the volume is in order.</summary>
    public string[] Check()
    {
        using Process process = Start("/usr/sbin/fsck.vfat", ["-n", Path]);
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 ? [] : lines;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Run(string program, IEnumerable<string> arguments)
    {
        using Process process = Start(program, arguments);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {errors}");
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start) ?? throw new InvalidOperationException(program);
    }
}
