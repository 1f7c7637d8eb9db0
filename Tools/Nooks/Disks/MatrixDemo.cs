using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Disks;

/// <summary>Every kind of crash of whatever stands between a file and its disk, and after each of them a file that is written and read.</summary>
public sealed class MatrixDemo
{
    private const int DiskMegabytes = 128;
    private const int FatBits = 32;
    private const int PatienceMilliseconds = 15_000;
    private const int LargestFileBytes = 100_000;
    private const string Folder = "/matrix";

    private readonly NooksMachine _machine;
    private readonly Dictionary<string, GuestFile> _files = new(StringComparer.Ordinal);
    private readonly Random _random = new(1);

    private MatrixDemo(NooksMachine machine) => _machine = machine;

    /// <summary>Boots a machine with a disk, crashes everything in all ways so many times, and looks at the disk.</summary>
    public static async Task<MatrixResult> RunAsync(
        string isoFile, BootOptions options, IReadOnlyList<string> extensions, int rounds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(extensions);
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("disk.img"), DiskMegabytes, FatBits, cancellation);
        BootOptions withDisk = options with { Disks = [image.Path, .. options.Disks] };
        IReadOnlyList<string> kinds = options.Protection is Protection.Auto or Protection.Ring3 ? CrashKinds.All : CrashKinds.Contained;
        List<MatrixRow> rows = [];
        Dictionary<string, GuestFile> files;
        IReadOnlyList<FaultRecord> faults;
        await using (NooksMachine machine = await NooksMachine.StartAsync(isoFile, withDisk, cancellation))
        {
            MatrixDemo demo = new(machine);
            files = demo._files;
            await machine.RequireAsync($"mkdir {Folder}", cancellation);
            await new Crasher(machine, options, extensions).PrepareAsync(cancellation);
            foreach (string extension in extensions)
            {
                foreach (string kind in kinds)
                {
                    rows.Add(await demo.CrashAsync(extension, kind, rounds, cancellation));
                }
            }

            await machine.RequireAsync("sync", cancellation);
            faults = FaultRecord.ParseAll((await machine.RequireAsync("faults --json", cancellation)).Output);
            await machine.RequireAsync("poweroff", cancellation);
        }

        VolumeCheck check = await image.CheckAsync(cancellation);
        string target = folder.File("read");
        await image.CopyOutAsync(Folder, target, cancellation);
        return new MatrixResult
        {
            Rows = rows,
            Leaked = faults.Sum(static fault => fault.ObjectsLeaked + fault.PagesLeaked),
            Check = check.Findings,
            Files = files.Count,
            IdenticalOnHost = files.Count(file => IsSame(Path.Combine(target, file.Key), file.Value)),
        };
    }

    private static bool IsSame(string path, GuestFile file)
        => File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.MakeContent());

    private async Task<MatrixRow> CrashAsync(string extension, string kind, int rounds, CancellationToken cancellation)
    {
        int recovered = 0;
        int wrongFiles = 0;
        for (int round = 0; round < rounds; round++)
        {
            // While the file is written, or else somebody who falls silent or into a deadlock would not be missed.
            await _machine.RequireAsync($"crash {extension} {kind}", cancellation);
            wrongFiles += await WriteAndReadAsync(cancellation) ? 0 : 1;
            recovered += (await _machine.RunAsync($"wait recovered {extension} {PatienceMilliseconds}", cancellation)).Succeeded ? 1 : 0;
        }

        return new MatrixRow(extension, kind, rounds, recovered, wrongFiles);
    }

    private async Task<bool> WriteAndReadAsync(CancellationToken cancellation)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"file {_files.Count}.bin");
        GuestFile file = new(_random.Next(LargestFileBytes), _random.Next(1_000_000_000));
        _files.Add(name, file);
        string path = $"\"{Folder}/{name}\"";
        CommandResult written = await _machine.RunAsync(
            string.Create(CultureInfo.InvariantCulture, $"write {path} --size {file.Size} --seed {file.Seed}"), cancellation);
        CommandResult flushed = await _machine.RunAsync("sync", cancellation);
        CommandResult digest = await _machine.RunAsync($"sha256 {path} --json", cancellation);
        return written.Succeeded && flushed.Succeeded && digest.Succeeded
            && GuestDigests.Parse(digest.Output).Values.Single() == Convert.ToHexStringLower(SHA256.HashData(file.MakeContent()));
    }
}
