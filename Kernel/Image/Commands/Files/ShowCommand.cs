using System;
using NooksOS.Contracts;
using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>cat PATH</c>: the content of a file.</summary>
internal sealed class ShowCommand(FileSystem files) : FileCommand(files)
{
    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "cat",
        Summary = "print the content of a file",
        Arguments = "PATH",
        MinimumArguments = 1,
        MaximumArguments = 1,
    };

    protected override int Carry(ShellContext context)
    {
        using OpenFileStream stream = Files.OpenRead(context.Arguments.Get(0)!);
        byte[] piece = new byte[FileLimits.TransferBytes];
        while (stream.Read(piece) is int length && length != 0)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Output.Write(piece.AsSpan(0, length));
        }

        return ExitCode.Success;
    }
}
