using System.IO;
using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary>A command about files: what a file system refuses is how it fails.</summary>
internal abstract class FileCommand(FileSystem files) : ICommand
{
    /// <summary>Whether whole trees are meant.</summary>
    protected const string Recursive = "recursive";

    /// <inheritdoc/>
    public abstract CommandSyntax Syntax { get; }

    /// <summary>Files and directories.</summary>
    protected FileSystem Files { get; } = files;

    /// <inheritdoc/>
    public int Run(ShellContext context)
    {
        try
        {
            return Carry(context);
        }
        catch (IOException exception)
        {
            throw new CommandFailureException(exception.Message);
        }
    }

    /// <summary>Carries it out.</summary>
    protected abstract int Carry(ShellContext context);

    /// <summary>The target of a copy or move: inside of a directory that is there, or a name of its own.</summary>
    protected string TargetOf(string source, string target)
        => Files.Exists(target) && Files.GetEntry(target).IsDirectory ? FileSystem.Join(target, FileSystem.NameOf(source)) : target;
}
