using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Storage;
using NooksOS.Tests.Units.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>A disk, its shadow and its cache on one thread: whoever waits for the disk makes it work.</summary>
internal sealed class StorageRig : IFaultSink
{
    public const uint DomainId = 5;

    private readonly Random _random;
    private HandleTable _objects = null!;
    private bool _isDoubted;

    public StorageRig(int seed = 1, uint sectorCount = 4096, uint cachePages = 64, CacheOptions? options = null)
    {
        _random = new Random(seed);
        Work = new FakeSignal(Clock);
        PatientWork = new FakeSignal(Clock);
        Pages = new FakePages(cachePages);
        Device = new SimulatedDisk(Pages, sectorCount, _random);
        Shadow = new BlockShadow(Clock, Work, PatientWork, this, new BlockShadowOptions());
        Registry = new DiskRegistry(
            Pages, Clock, () => new DiskSignal(Step), () => { }, options ?? new CacheOptions());
        Shadow.Watcher = Registry;
    }

    public FakeClock Clock { get; } = new();

    /// <summary>Wakes the thread that calls drivers.</summary>
    public FakeSignal Work { get; }

    /// <summary>Wakes the thread that runs when no other one can.</summary>
    public FakeSignal PatientWork { get; }

    public FakePages Pages { get; }

    public SimulatedDisk Device { get; }

    public BlockShadow Shadow { get; }

    public DiskRegistry Registry { get; }

    public List<FaultReport> Faults { get; } = [];

    public FakeLine Line { get; } = new();

    /// <summary>One in so many steps the driver dies. Zero: never.</summary>
    public int DeathsPerSteps { get; set; }

    public int Deaths { get; private set; }

    /// <summary>What the devices of each instance reach; null if nothing keeps them from memory.</summary>
    public Func<IDeviceReach>? MakeReach { get; init; }

    /// <summary>Whether an instance that was reported is replaced, whatever was said of it.</summary>
    public bool ReplacesLiars { get; set; }

    public AttachedDisk Attached => Registry.Disks[0];

    public IBlockVolume Volume => Attached.Whole.Content;

    public uint CurrentInstance(uint domainId) => 1;

    public bool Report(FaultReport report)
    {
        Faults.Add(report);
        _isDoubted |= report.Kind == FaultKind.DeviceFailure || ReplacesLiars;
        return true;
    }

    public void Start()
    {
        _objects = new HandleTable(DomainId, ObjectQuotas.Default, new TrackerLedger());
        BlockDeviceHostService host = new(Shadow, DomainId, Device, _objects, MakeReach?.Invoke());
        Assert.True(host.Register(Device.Description, "model"u8, "serial"u8).Succeeded);
        Assert.Equal(CallStatus.Ok, Shadow.InstanceStarted(DomainId));
    }

    /// <summary>The machine goes on a little.</summary>
    public void Step()
    {
        Shadow.Pump();
        if (_isDoubted)
        {
            _isDoubted = false;
            Replace();
        }
        else if (DeathsPerSteps != 0 && _random.Next(DeathsPerSteps) == 0)
        {
            Replace();
        }
        else if (Device.Outstanding != 0)
        {
            Complete(Device.Serve());
        }
        else
        {
            Clock.AdvanceMilliseconds(1);
        }

        Shadow.Pump();
    }

    public void StepUntilQuiet()
    {
        for (int step = 0; step < 10_000 && (Device.Outstanding != 0 || step < 1000); step++)
        {
            Step();
        }
    }

    /// <summary>The disk interrupts, and its driver tells of an end.</summary>
    public void Complete(BlockCompletion completion)
    {
        Device.Tell(completion);
        Assert.True(Shadow.TryTakeLine(DomainId, Line));
        Shadow.Pump();
    }

    /// <summary>The driver dies and a fresh instance comes.</summary>
    public void Replace()
    {
        Deaths++;
        Device.Die();
        Shadow.InstanceStopped(DomainId);
        _objects.ReleaseAll();
        Start();
    }

    public void Fill(ulong firstSector, int sectors, byte value)
    {
        byte[] bytes = new byte[sectors * SimulatedDisk.SectorBytes];
        Array.Fill(bytes, value);
        Assert.Equal(CallStatus.Ok, Volume.Write(firstSector, bytes));
    }

    public byte[] Read(ulong firstSector, int sectors)
    {
        byte[] bytes = new byte[sectors * SimulatedDisk.SectorBytes];
        Assert.Equal(CallStatus.Ok, Volume.Read(firstSector, bytes));
        return bytes;
    }

    public byte[] NextBytes(int sectors)
    {
        byte[] bytes = new byte[sectors * SimulatedDisk.SectorBytes];
        _random.NextBytes(bytes);
        return bytes;
    }

    public ulong Owed() => Sample().Pending;

    public ProgressSample Sample()
    {
        ProgressSample[] samples = new ProgressSample[IProgressSource.MaximumSamples];
        return samples.Take(Shadow.Sample(samples)).SingleOrDefault();
    }
}
