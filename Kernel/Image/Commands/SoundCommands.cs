using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary>The commands about sound.</summary>
internal static class SoundCommands
{
    /// <summary>Adds them.</summary>
    public static void AddTo(CommandRegistry commands, SoundDeviceShadow sound)
    {
        commands.Add(new SoundCommand(sound));
        commands.Add(new VolumeCommand(sound));
    }
}
