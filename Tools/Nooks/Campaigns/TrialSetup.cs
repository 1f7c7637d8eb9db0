using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>What the machines of a campaign are made of, one at a time: devices, the files of the host behind them, and those who will use them.</summary>
internal sealed class TrialSetup : IDisposable
{
    private const int WebPort = 80;
    private const int EchoPort = 7;
    private const string Disk = "disk.img";
    private const string KeptDisk = "kept.img";
    private const string Recording = "heard.wav";
    private const string State = "state";

    private readonly TemporaryFolder _folder = new();
    private readonly int _echoPort = FreePort.FindForDatagrams();
    private readonly int _webPort = FreePort.Find();
    private readonly TrialDevices _devices;
    private FileWorkloadDisk? _disk;

    private TrialSetup(BootOptions options, TrialDevices devices)
    {
        _devices = devices;
        Options = options with
        {
            Forwards =
            [
                .. options.Forwards,
                new PortForward(ForwardedTransport.Udp, _echoPort, EchoPort),
                new PortForward(ForwardedTransport.Tcp, _webPort, WebPort),
            ],
        };
    }

    /// <summary>The machine.</summary>
    public BootOptions Options { get; private set; }

    /// <summary>Where the state of a machine is kept that works.</summary>
    public string StateFile => _folder.File(State);

    /// <summary>Makes the files.</summary>
    public static async Task<TrialSetup> MakeAsync(BootOptions options, TrialDevices devices, CancellationToken cancellation)
    {
        TrialSetup setup = new(options, devices);
        try
        {
            if (devices.Sound != SoundModels.None)
            {
                setup.Options = setup.Options with
                {
                    Sound = devices.Sound,
                    SoundFile = setup._folder.File(Recording),
                    Files = [SoundWorkload.WriteTrack(setup._folder.Location)],
                };
            }

            if (devices.HasDisk)
            {
                string disk = setup._folder.File(Disk);
                setup._disk = await FileWorkloadDisk.MakeAsync(disk, setup._folder.Location, cancellation);

                // Nobody cuts the power, and what reaches the file is seen there at once: the host's own disk must not set the pace.
                setup.Options = setup.Options with { Disks = [disk], DiskBus = devices.DiskBus, DiskCache = DiskCache.Unsafe };
            }

            return setup;
        }
        catch
        {
            setup.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the disk as it is.</summary>
    public void KeepDisk() => CopyDisk(Disk, KeptDisk);

    /// <summary>Makes the disk what it was when it was kept, and forgets what was heard since. No machine may be there.</summary>
    public void Restore()
    {
        CopyDisk(KeptDisk, Disk);
        File.Delete(_folder.File(Recording));
    }

    /// <summary>Makes the users of the machine.</summary>
    public ITrialWorkload MakeUsers(GuestJobs jobs)
    {
        List<ITrialWorkload> users = [new NetworkWorkload(_echoPort, _webPort)];
        if (_disk is not null)
        {
            users.Add(new FileWorkload(jobs, _disk));
        }

        if (_devices.Sound != SoundModels.None)
        {
            users.Add(new SoundWorkload(jobs, Options.SoundFile!));
        }

        return new TrialUsers(users);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void CopyDisk(string from, string to)
    {
        if (_disk is not null)
        {
            File.Copy(_folder.File(from), _folder.File(to), overwrite: true);
        }
    }
}
