using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Disks;

/// <summary>
/// Kills the emulator again and again while the guest changes files. Each time the host looks at what is on the disk; the next
/// boot puts it in order, and the host looks again.
/// </summary>
public sealed class PowerCutDemo
{
    private const int DiskMegabytes = 128;
    private const int OneInThatManyWhileBooting = 8;

    private static readonly TimeSpan s_longestLoad = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_longestBoot = TimeSpan.FromSeconds(3);

    private readonly string _isoFile;
    private readonly BootOptions _options;
    private readonly PowerCutSettings _settings;
    private readonly FatImage _image;
    private readonly Random _random;
    private readonly CutLedger _ledger = new();
    private readonly List<string> _problems = [];
    private int _killsWhileBooting;
    private int _disksInUse;

    private PowerCutDemo(string isoFile, BootOptions options, PowerCutSettings settings, FatImage image)
    {
        _isoFile = isoFile;
        _options = options with { Disks = [image.Path], DiskCache = DiskCache.None };
        _settings = settings;
        _image = image;
        _random = new Random(settings.Seed);
    }

    /// <summary>Makes a disk and kills as many machines as wanted; a last one is stopped in order.</summary>
    public static async Task<PowerCutResult> RunAsync(
        string isoFile, BootOptions options, PowerCutSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("disk.img"), DiskMegabytes, settings.FatBits, cancellation);
        return await new PowerCutDemo(isoFile, options, settings, image).RunAsync(folder, cancellation);
    }

    private async Task<PowerCutResult> RunAsync(TemporaryFolder folder, CancellationToken cancellation)
    {
        int kill = 0;
        while (kill < _settings.Kills && _problems.Count == 0)
        {
            kill++;
            if (_random.Next(OneInThatManyWhileBooting) == 0)
            {
                await KillWhileBootingAsync(cancellation);
            }
            else
            {
                await KillUnderLoadAsync(kill, cancellation);
            }

            await LookAsync(folder.File("read"), kill, cancellation);
        }

        await using (NooksMachine machine = await NooksMachine.StartAsync(_isoFile, _options, cancellation))
        {
            await RestAsync(machine, "the last boot", cancellation);
            await machine.RequireAsync("poweroff", cancellation);
        }

        return new PowerCutResult
        {
            Kills = kill,
            KillsWhileBooting = _killsWhileBooting,
            Changes = _ledger.Changes,
            FlushedChanges = _ledger.FlushedChanges,
            FilesChecked = _ledger.FilesChecked,
            DisksInUse = _disksInUse,
            Problems = _problems,
        };
    }

    private async Task KillWhileBootingAsync(CancellationToken cancellation)
    {
        _killsWhileBooting++;
        await using NooksMachine machine = await NooksMachine.PowerOnAsync(_isoFile, _options, cancellation);
        await Task.Delay(s_longestBoot * _random.NextDouble(), cancellation);
    }

    private async Task KillUnderLoadAsync(int kill, CancellationToken cancellation)
    {
        TimeSpan duration = s_longestLoad * _random.NextDouble();
        Task load;
        await using (NooksMachine machine = await NooksMachine.StartAsync(_isoFile, _options, cancellation))
        {
            await RestAsync(machine, $"boot {kill}", cancellation);
            load = new CutLoad(machine, _ledger, _random, kill).RunAsync(cancellation);
            await Task.WhenAny(load, Task.Delay(duration, cancellation));
            if (load.IsFaulted)
            {
                _problems.Add($"before kill {kill}: {load.Exception!.InnerException!.Message}");
            }
        }

        // The machine was killed by leaving it: that is how the load ends.
        await load.ContinueWith(static _ => { }, TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>A volume that was put in order and has nothing unwritten is one at which no fault is found.</summary>
    private async Task RestAsync(NooksMachine machine, string when, CancellationToken cancellation)
    {
        await machine.RequireAsync("sync", cancellation);
        foreach (string finding in (await _image.CheckAsync(cancellation)).Findings)
        {
            _problems.Add($"after {when}: {finding}");
        }
    }

    private async Task LookAsync(string target, int kill, CancellationToken cancellation)
    {
        VolumeCheck check = await _image.CheckAsync(cancellation);
        _disksInUse += check.IsClean ? 0 : 1;
        foreach (string damage in check.Damage)
        {
            _problems.Add($"after kill {kill}: {damage}");
        }

        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        await _image.CopyOutAsync("/", target, cancellation);
        foreach (string problem in _ledger.Compare(target))
        {
            _problems.Add($"after kill {kill}: {problem}");
        }
    }
}
