using NooksOS.Files;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Storage;

namespace NooksOS.Image.Commands;

/// <summary>The commands about files.</summary>
internal static class FileCommands
{
    /// <summary>Adds them.</summary>
    public static void AddTo(CommandRegistry commands, FileShadow shadow, FileSystem files, DiskRegistry disks, IKernelClock clock)
    {
        commands.Add(new MountCommand(shadow));
        commands.Add(new SpaceCommand(shadow));
        commands.Add(new ListCommand(files));
        commands.Add(new ShowCommand(files));
        commands.Add(new CopyCommand(files));
        commands.Add(new MoveCommand(files));
        commands.Add(new RemoveCommand(files));
        commands.Add(new MakeDirectoryCommand(files));
        commands.Add(new SynchronizeCommand(files));
        commands.Add(new DigestCommand(files));
        commands.Add(new WriteCommand(files));
        commands.Add(new MeasureFilesCommand(files, disks, clock));
        commands.Add(new BackgroundCommand(commands));
    }
}
