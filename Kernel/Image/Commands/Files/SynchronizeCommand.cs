using NooksOS.Files;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>sync</c>: waits for the medium.</summary>
internal sealed class SynchronizeCommand(FileSystem files) : FileCommand(files)
{
    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "sync",
        Summary = "wait until everything is on the disk",
    };

    protected override int Carry(ShellContext context)
    {
        Files.Synchronize();
        return ExitCode.Success;
    }
}
