using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Sound;

/// <summary>Plays a track while the driver of the sound card is crashed, and holds what the card played against it.</summary>
public static class SoundDemo
{
    /// <summary>A command for after a track: the emulator writes its file in blocks, and what follows pushes the end of the track out.</summary>
    public const string Postlude = "play --tone 100 --seconds 1";

    private const string TrackName = "track.wav";
    private const string RecordingName = "heard.wav";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Boots a machine, runs the demonstration and stops the machine.</summary>
    public static async Task<SoundDemoResult> RunAsync(
        string isoFile, BootOptions options, SoundDemoSettings settings, CancellationToken cancellation)
    {
        string driver = options.SoundDriver ?? throw new HostException("the demonstration needs a sound card: --sound");
        using TemporaryFolder folder = new();
        byte[] track = SoundTrack.Make(settings.Duration, settings.Seed);
        SoundTrack.Write(folder.File(TrackName), track);
        BootOptions recorded = options with
        {
            SoundFile = options.SoundFile ?? folder.File(RecordingName),
            Files = [.. options.Files, folder.File(TrackName)],
        };
        int crashes;
        string status;
        await using (NooksMachine machine = await NooksMachine.StartAsync(isoFile, recorded, cancellation))
        {
            Crasher crasher = new(machine, options, [driver]);
            await PlayAsync(machine, crasher, settings.CrashInterval, cancellation);
            crashes = crasher.Crashes;
            status = (await machine.RequireAsync("sound --json", cancellation)).Output;
            await machine.RequireAsync(Postlude, cancellation);
        }

        using JsonDocument document = JsonDocument.Parse(status);
        IReadOnlyList<double> silences =
            [.. document.RootElement.GetProperty("silenceMilliseconds").EnumerateArray().Select(silence => silence.GetDouble())];
        SoundComparison comparison = SoundComparison.Of(track, SoundTrack.ReadRecorded(recorded.SoundFile));
        return new SoundDemoResult(
            track.Length / 4, comparison, crashes, silences, document.RootElement.GetProperty("underruns").GetInt64(), settings.LongestSilence);
    }

    // The machine takes one command at a time, so the one who looks also crashes. The machine's own clock says when: that of the
    // host says nothing about a machine whose clock counts instructions.
    private static async Task PlayAsync(NooksMachine machine, Crasher crasher, TimeSpan? interval, CancellationToken cancellation)
    {
        await crasher.PrepareAsync(cancellation);
        await machine.RequireAsync($"background \"play {TrackName}\"", cancellation);
        string sleep = string.Create(CultureInfo.InvariantCulture, $"sleep {(interval ?? s_look).TotalSeconds:F3}");
        bool isHeard = false;
        while (true)
        {
            await machine.RequireAsync(sleep, cancellation);
            CommandResult status = await machine.RequireAsync("sound --json", cancellation);
            using JsonDocument document = JsonDocument.Parse(status.Output);
            bool isPlaying = document.RootElement.GetProperty("streams").GetArrayLength() != 0;
            if (isHeard && !isPlaying)
            {
                break;
            }

            isHeard |= isPlaying || document.RootElement.GetProperty("playedFrames").GetInt64() != 0;
            if (isPlaying && interval is not null)
            {
                await crasher.CrashNextAsync(cancellation);
            }
        }

        await crasher.SettleAsync(cancellation);
    }
}
