using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary><c>sound</c>: the device, the streams, and what crashes of the driver have cost.</summary>
internal sealed class SoundCommand(SoundDeviceShadow sound) : ICommand
{
    private const double NanosecondsPerMillisecond = 1_000_000;
    private const int Digits = 3;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "sound",
        Summary = "sound: the device, its streams, and silences",
        Options = [CommandOption.Json],
        Details = "A silence is a time in which the device stood still because its driver was replaced while it played.",
    };

    public int Run(ShellContext context)
    {
        SoundStatus status = sound.Describe();
        Table streams = new(
            new TableColumn("STREAM", "stream"),
            new TableColumn("OWNER", "owner"),
            new TableColumn("VOLUME", "volumePercent"),
            new TableColumn("WRITTEN", "writtenFrames"),
            new TableColumn("PLAYED", "playedFrames"),
            new TableColumn("QUEUED", "queuedFrames"));
        foreach (SoundStreamStatus stream in status.Streams)
        {
            streams.Add(
                stream.Number, stream.Owner, VolumePercent.Of(stream.Volume), stream.WrittenFrames, stream.PlayedFrames, stream.QueuedFrames);
        }

        (string Name, object? Value)[] values = Describe(status);
        if (context.Json)
        {
            JsonWriter json = new();
            json.BeginObject();
            foreach ((string name, object? value) in values)
            {
                json.Property(name, value);
            }

            json.Name("silenceMilliseconds").BeginArray();
            foreach (double silence in Silences(status))
            {
                json.Value(silence);
            }

            json.EndArray().Name("streams");
            streams.WriteTo(json);
            context.Output.Write(json.EndObject() + "\n");
            return ExitCode.Success;
        }

        Table device = new(new TableColumn("DEVICE", "name"), new TableColumn(string.Empty, "value"));
        foreach ((string name, object? value) in values)
        {
            device.Add(name, value);
        }

        context.Output.Write(device.ToText());
        context.Output.Write(streams.ToText());
        return ExitCode.Success;
    }

    private static (string Name, object? Value)[] Describe(SoundStatus status)
    {
        double[] silences = [.. Silences(status)];
        return
        [
            ("state", !status.IsPresent ? "absent" : !status.IsReady ? "interrupted" : status.IsPlaying ? "playing" : "idle"),
            ("ringFrames", status.IsPresent ? status.Ring.LengthFrames : null),
            ("periodFrames", status.IsPresent ? status.Ring.PeriodFrames : null),
            ("instances", status.Instances),
            ("volumePercent", VolumePercent.Of(status.MasterVolume)),
            ("playedFrames", status.PlayedFrames),
            ("keptFrames", status.KeptFrames),
            ("underruns", status.Underruns),
            ("silences", silences.Length),
            ("longestSilenceMilliseconds", silences.Length == 0 ? null : silences.Max()),
        ];
    }

    private static IEnumerable<double> Silences(SoundStatus status)
        => status.SilenceNanoseconds.Select(duration => Math.Round(duration / NanosecondsPerMillisecond, Digits));
}
