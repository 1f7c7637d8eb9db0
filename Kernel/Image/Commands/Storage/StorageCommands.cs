using NooksOS.Kernel.Shell;
using NooksOS.Storage;

namespace NooksOS.Image.Commands;

/// <summary>The commands about disks.</summary>
internal static class StorageCommands
{
    /// <summary>Adds them.</summary>
    public static void AddTo(CommandRegistry commands, DiskRegistry disks)
    {
        commands.Add(new DisksCommand(disks));
        commands.Add(new DiskCommand(disks));
    }
}
