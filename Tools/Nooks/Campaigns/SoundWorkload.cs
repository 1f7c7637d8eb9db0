using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Sound;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// Somebody who listens: a short track is played, and every frame of the recording of it is held against it. The track is longer than
/// what the kernel gives the driver ahead, so that frames are appended while the card plays.
/// </summary>
internal sealed class SoundWorkload : ITrialWorkload
{
    private const string Name = "sound";
    private const string TrackName = "track.wav";
    private const int FrameBytes = 4;
    private const int PhraseBytes = 8 * FrameBytes;
    private const double FramesPerMillisecond = 44.1;
    private const int Seed = 1;

    private static readonly TimeSpan s_heard = TimeSpan.FromMilliseconds(200);

    // The emulator writes its file in blocks: the silence pushes out what is to be heard.
    private static readonly TimeSpan s_silent = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan s_recorderBound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private readonly GuestJobs _jobs;
    private readonly string _recording;
    private readonly byte[] _track = SoundTrack.Make(s_heard, Seed);

    /// <summary>Listens to a machine whose sound card is recorded.</summary>
    public SoundWorkload(GuestJobs jobs, string recording)
    {
        _jobs = jobs;
        _recording = recording;
    }

    /// <summary>Writes the file that the machine must be given. Returns its path.</summary>
    public static string WriteTrack(string folder)
    {
        byte[] silence = new byte[(int)(s_silent.TotalMilliseconds * FramesPerMillisecond) * FrameBytes];
        string file = Path.Combine(folder, TrackName);
        SoundTrack.Write(file, [.. SoundTrack.Make(s_heard, Seed), .. silence]);
        return file;
    }

    /// <inheritdoc/>
    public async Task<WorkloadResult> RunAsync(TimeSpan deadline, int seed, CancellationToken cancellation)
    {
        using CancellationTokenSource bound = SteadyBound.Start(deadline, cancellation);
        int errors = 0;
        string? failure = null;
        try
        {
            int silences = (await ReadSilencesAsync()).Length;
            while (true)
            {
                long start = CountRecorded();
                CommandResult played = await _jobs.RunAsync(Name, [$"play {TrackName}"], () => { }, bound.Token);
                if (!played.Succeeded)
                {
                    errors++;
                    failure = played.Output.Trim();
                    continue;
                }

                SoundComparison heard = await CompareAsync(start, bound.Token);
                double longest = (await ReadSilencesAsync()).Skip(silences)
                    .Concat(heard.SilentFrames.Select(frames => frames / FramesPerMillisecond)).DefaultIfEmpty().Max();
                return new WorkloadResult(true, heard.Difference is null ? 0 : 1, errors, Math.Round(longest, 1), heard.Difference ?? failure);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await _jobs.AskAsync("kill play");
            return new WorkloadResult(false, 0, errors, deadline.TotalMilliseconds, failure ?? "the track did not end");
        }
    }

    // There is no file yet where nothing was ever played.
    private long CountRecorded()
    {
        FileInfo recording = new(_recording);
        return recording.Exists ? recording.Length : 0;
    }

    private async Task<double[]> ReadSilencesAsync()
    {
        using JsonDocument sound = JsonDocument.Parse((await _jobs.AskAsync("sound --json")).Output);
        return [.. sound.RootElement.GetProperty("silenceMilliseconds").EnumerateArray().Select(silence => silence.GetDouble())];
    }

    private async Task<SoundComparison> CompareAsync(long start, CancellationToken cancellation)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += s_look)
        {
            SoundComparison heard = Compare(start);
            if (heard.EqualFrames * FrameBytes == _track.Length || waited >= s_recorderBound)
            {
                return heard;
            }

            await Task.Delay(s_look, cancellation);
        }
    }

    // What an earlier trial has left comes first, up to the beginning of the track.
    private SoundComparison Compare(long start)
    {
        using FileStream file = new(_recording, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(start, SeekOrigin.Begin);
        using MemoryStream content = new();
        file.CopyTo(content);
        ReadOnlySpan<byte> recorded = content.GetBuffer().AsSpan(0, (int)content.Length);
        int first = recorded.IndexOf(_track.AsSpan(0, PhraseBytes));
        return SoundComparison.Of(_track, first < 0 ? recorded : recorded[first..]);
    }
}
