using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Disks;

/// <summary>Copies a tree of files in the guest while the file system, then the driver of the disk, is crashed.</summary>
public sealed class FilesDemo
{
    private const int FatBits = 32;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    private readonly NooksMachine _machine;
    private readonly BootOptions _options;
    private readonly FilesSettings _settings;
    private readonly SortedDictionary<string, string> _digests;

    private FilesDemo(NooksMachine machine, BootOptions options, FilesSettings settings, SortedDictionary<string, string> digests)
    {
        _machine = machine;
        _options = options;
        _settings = settings;
        _digests = digests;
    }

    /// <summary>Makes a disk with a tree, boots a machine, has the tree copied, stops the machine and looks at the disk.</summary>
    public static async Task<FilesResult> RunAsync(
        string isoFile, BootOptions options, FilesSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("disk.img"), settings.Megabytes, FatBits, cancellation);
        SortedDictionary<string, string> digests = FileTree.Write(folder.File("tree"), settings.Files, settings.Seed);
        await image.CopyInAsync(folder.File("tree"), cancellation);

        // The one with the tree first: the first file system that is found is mounted.
        BootOptions withDisk = options with { Disks = [image.Path, .. options.Disks] };
        List<CopyResult> copies = [];
        IReadOnlyList<FaultRecord> faults;
        await using (NooksMachine machine = await NooksMachine.StartAsync(isoFile, withDisk, cancellation))
        {
            FilesDemo demo = new(machine, withDisk, settings, digests);
            foreach (string extension in settings.Extensions)
            {
                copies.Add(await demo.CopyAsync(extension, cancellation));
            }

            await machine.RequireAsync("sync", cancellation);
            faults = FaultRecord.ParseAll((await machine.RequireAsync("faults --json", cancellation)).Output);
            await machine.RequireAsync("poweroff", cancellation);
        }

        VolumeCheck check = await image.CheckAsync(cancellation);
        for (int index = 0; index < copies.Count; index++)
        {
            string target = folder.File($"read-{copies[index].Extension}");
            await image.CopyOutAsync(FolderOf(copies[index].Extension), target, cancellation);
            copies[index] = copies[index] with { IdenticalOnHost = CountSame(digests, FileTree.ReadDigests(target)) };
        }

        double[] recoveries = [.. faults.Select(fault => fault.RecoveryMilliseconds).OfType<double>()];
        return new FilesResult
        {
            Files = settings.Files,
            Copies = copies,
            Check = check.Findings,
            Faults = faults.Count,
            Recovered = faults.Count(static fault => fault.Outcome == "recovered"),
            Leaked = faults.Sum(static fault => fault.ObjectsLeaked + fault.PagesLeaked),
            RecoveryP50Milliseconds = Percentiles.Of(recoveries, 50),
            RecoveryP99Milliseconds = Percentiles.Of(recoveries, 99),
        };
    }

    private static string FolderOf(string extension) => $"/copy-{extension}";

    // A file that is there and was not before is as wrong as one that is missing.
    private static int CountSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> found)
        => found.Count(file => expected.TryGetValue(file.Key, out string? digest) && digest == file.Value)
            - found.Keys.Count(path => !expected.ContainsKey(path));

    private async Task<CopyResult> CopyAsync(string extension, CancellationToken cancellation)
    {
        Crasher crasher = new(_machine, _options, [extension]);
        await crasher.PrepareAsync(cancellation);
        Stopwatch clock = Stopwatch.StartNew();
        await _machine.RequireAsync($"background \"cp /tree {FolderOf(extension)} --recursive\"", cancellation);
        TimeSpan next = _settings.CrashInterval;
        while (!(await _machine.RunAsync("background", cancellation)).Succeeded)
        {
            if (clock.Elapsed >= next)
            {
                await crasher.CrashNextAsync(cancellation);
                next += _settings.CrashInterval;
            }

            await Task.Delay(s_poll, cancellation);
        }

        double seconds = Math.Round(clock.Elapsed.TotalSeconds, 1);
        CommandResult copied = await _machine.RunAsync("background --wait", cancellation);
        await crasher.SettleAsync(cancellation);
        CommandResult digests = await _machine.RunAsync($"sha256 {FolderOf(extension)} --json", cancellation);
        return new CopyResult
        {
            Extension = extension,
            Seconds = seconds,
            Crashes = crasher.Crashes,
            Error = copied.Succeeded ? null : copied.Output.Trim(),
            IdenticalInGuest = digests.Succeeded ? CountSame(_digests, GuestDigests.Parse(digests.Output)) : 0,
        };
    }
}
