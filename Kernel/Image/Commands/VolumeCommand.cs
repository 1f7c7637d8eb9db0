using System.Globalization;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary><c>volume [PERCENT]</c>: shows or sets the volume of everything that is played.</summary>
internal sealed class VolumeCommand(SoundDeviceShadow sound) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "volume",
        Summary = "show or set the volume",
        Arguments = "[PERCENT]",
        MaximumArguments = 1,
        Options = [CommandOption.Json],
        Details = "It is kept when the driver is replaced. At 100 samples pass unchanged.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Get(0) is not null)
        {
            sound.MasterVolume = VolumePercent.ToVolume((uint)context.Arguments.GetNumber(0, "PERCENT", 0, 0, VolumePercent.Maximum));
        }

        uint percent = VolumePercent.Of(sound.MasterVolume);
        context.Output.WriteLine(context.Json
            ? new JsonWriter().BeginObject().Property("volumePercent", percent).EndObject().ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{percent} %"));
        return ExitCode.Success;
    }
}
