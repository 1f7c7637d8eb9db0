using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>sha256 PATH</c>: the digest of a file, or of every file in a tree.</summary>
internal sealed class DigestCommand(FileSystem files) : FileCommand(files)
{
    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "sha256",
        Summary = "SHA-256 of a file, or of every file in a directory",
        Arguments = "PATH",
        MinimumArguments = 1,
        MaximumArguments = 1,
        Options = [CommandOption.Json],
        Details = "Paths of files in a directory are printed relative to it, in order, as sha256sum does.",
    };

    protected override int Carry(ShellContext context)
    {
        string path = context.Arguments.Get(0)!;
        JsonWriter json = new();
        json.BeginArray();
        foreach ((string name, string full) in Find(path))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string digest = Convert.ToHexStringLower(Compute(full));
            if (context.Json)
            {
                json.BeginObject().Property("path", name).Property("sha256", digest).EndObject();
            }
            else
            {
                context.Output.WriteLine($"{digest}  {name}");
            }
        }

        if (context.Json)
        {
            context.Output.Write(json.EndArray() + "\n");
        }

        return ExitCode.Success;
    }

    private IEnumerable<(string Name, string Path)> Find(string path)
    {
        if (path.Trim('/').Length != 0 && !Files.GetEntry(path).IsDirectory)
        {
            return [(path, path)];
        }

        List<(string Name, string Path)> found = [];
        Stack<string> directories = new([string.Empty]);
        while (directories.TryPop(out string? directory))
        {
            foreach (FileEntry entry in Files.List(FileSystem.Join(path, directory)))
            {
                string name = directory.Length == 0 ? entry.Name : $"{directory}/{entry.Name}";
                if (entry.IsDirectory)
                {
                    directories.Push(name);
                }
                else
                {
                    found.Add((name, FileSystem.Join(path, name)));
                }
            }
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return found;
    }

    private byte[] Compute(string path)
    {
        using OpenFileStream stream = Files.OpenRead(path);
        Sha256 digest = new();
        byte[] piece = new byte[FileLimits.TransferBytes];
        while (stream.Read(piece) is int length && length != 0)
        {
            digest.Append(piece.AsSpan(0, length));
        }

        byte[] result = new byte[Sha256.DigestBytes];
        digest.Finish(result);
        return result;
    }
}
