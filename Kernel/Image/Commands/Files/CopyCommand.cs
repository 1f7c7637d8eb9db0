using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>cp FROM TO</c>: copies a file or a tree.</summary>
internal sealed class CopyCommand(FileSystem files) : FileCommand(files)
{
    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "cp",
        Summary = "copy a file, or a directory with all that is in it",
        Arguments = "FROM TO",
        MinimumArguments = 2,
        MaximumArguments = 2,
        Options = [new CommandOption(Recursive, null, "copy a directory")],
        Details = "Into TO if that is a directory. A file of that name is replaced; it keeps its old content until the copy is complete.",
    };

    protected override int Carry(ShellContext context)
    {
        string source = context.Arguments.Get(0)!;
        string target = TargetOf(source, context.Arguments.Get(1)!);
        if (!Files.GetEntry(source).IsDirectory)
        {
            CopyFile(context, source, target);
            return ExitCode.Success;
        }

        if (!context.Arguments.Has(Recursive))
        {
            throw new CommandFailureException($"{source} is a directory: use --{Recursive}");
        }

        if ((target.TrimEnd('/') + "/").StartsWith(source.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailureException("a directory cannot be copied into itself");
        }

        int copied = CopyTree(context, source, target);
        context.Output.WriteLine($"{copied} files copied");
        return ExitCode.Success;
    }

    private int CopyTree(ShellContext context, string source, string target)
    {
        int copied = 0;
        Stack<(string Source, string Target)> directories = new([(source, target)]);
        while (directories.TryPop(out (string Source, string Target) directory))
        {
            if (!Files.Exists(directory.Target))
            {
                Files.CreateDirectory(directory.Target);
            }

            foreach (FileEntry entry in Files.List(directory.Source))
            {
                string from = FileSystem.Join(directory.Source, entry.Name);
                string to = FileSystem.Join(directory.Target, entry.Name);
                if (entry.IsDirectory)
                {
                    directories.Push((from, to));
                    continue;
                }

                CopyFile(context, from, to);
                copied++;
            }
        }

        return copied;
    }

    private void CopyFile(ShellContext context, string source, string target)
    {
        using OpenFileStream from = Files.OpenRead(source);
        using OpenFileStream to = Files.Create(target);
        byte[] piece = new byte[FileLimits.TransferBytes];
        while (from.Read(piece) is int length && length != 0)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            to.Write(piece.AsSpan(0, length));
        }
    }
}
