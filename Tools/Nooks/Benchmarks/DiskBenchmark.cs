using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Benchmarks;

/// <summary>
/// Measures files on one machine, on which the file system and the driver of the disk are switched between domain and direct all
/// the time: whatever else the host does, and however the disk has come to look, falls on both.
/// </summary>
/// <param name="isoFile">The bootable image.</param>
/// <param name="options">The machine.</param>
/// <param name="rounds">How often each mode has its turn. In each, the loads are measured several times, because some are short.</param>
public sealed class DiskBenchmark(string isoFile, BootOptions options, int rounds)
{
    private const int SeriesPerRound = 3;
    private const int DiskMegabytes = 256;
    private const int FatBits = 32;
    private const string FileSystem = "vfat";
    private const string Domain = "domain";
    private const string Direct = "direct";

    /// <summary>Measures all loads.</summary>
    public async Task<IReadOnlyList<DiskRow>> RunAsync(CancellationToken cancellation)
    {
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("disk.img"), DiskMegabytes, FatBits, cancellation);
        BootOptions boot = options with { Disks = [image.Path, .. options.Disks] };
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, boot, cancellation);
        Dictionary<string, List<FileLoadTime>> times = new() { [Domain] = [], [Direct] = [] };
        for (int round = 0; round < rounds; round++)
        {
            // Neither is always the one that comes second.
            foreach (string mode in round % 2 == 0 ? new[] { Direct, Domain } : [Domain, Direct])
            {
                await machine.RequireAsync($"isolate {FileSystem} {mode}", cancellation);
                await machine.RequireAsync($"isolate {options.DiskDriver} {mode}", cancellation);

                // Not measured: the emulator translates the code of the fresh instances.
                await machine.RequireAsync("filebench", cancellation);
                for (int series = 0; series < SeriesPerRound; series++)
                {
                    times[mode].AddRange(await MeasureAllAsync(machine, cancellation));
                }
            }
        }

        return [.. FileLoadTime.Loads.Select(load => new DiskRow(
            load, [.. times[Direct].Where(time => time.Load == load)], [.. times[Domain].Where(time => time.Load == load)]))];
    }

    private static async Task<IReadOnlyList<FileLoadTime>> MeasureAllAsync(NooksMachine machine, CancellationToken cancellation)
    {
        List<FileLoadTime> times = [];
        await machine.RequireAsync("filebench begin", cancellation);
        foreach (string load in FileLoadTime.Loads)
        {
            times.Add(await MeasureAsync(machine, load, cancellation));
        }

        await machine.RequireAsync("filebench end", cancellation);
        return times;
    }

    private static async Task<FileLoadTime> MeasureAsync(NooksMachine machine, string load, CancellationToken cancellation)
    {
        TimeSpan begin = machine.ProcessorTime;
        CommandResult measured = await machine.RequireAsync($"filebench {load} --json", cancellation);
        TimeSpan end = machine.ProcessorTime;
        return FileLoadTime.Parse(measured.Output) with { ProcessorTime = end - begin };
    }
}
