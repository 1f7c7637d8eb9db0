using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Storage;

/// <summary>
/// The disks that there are, and their volumes. Give it to <see cref="BlockShadow.Watcher"/>, and let one kernel thread run
/// <see cref="Run"/>, which looks how new disks are divided: that waits for them.
/// </summary>
/// <param name="memory">Memory for the caches.</param>
/// <param name="clock">Time.</param>
/// <param name="makeSignal">Makes what a thread waits with that waits for a disk.</param>
/// <param name="wakeShadow">Wakes the thread that gives requests to drivers.</param>
/// <param name="options">Bounds of each cache.</param>
public sealed class DiskRegistry(
    IPageMemory memory, IKernelClock clock, Func<IKernelSignal> makeSignal, Action wakeShadow, CacheOptions options) : IBlockDiskWatcher
{
    /// <summary>Volumes of a disk: the disk itself and its partitions.</summary>
    public const uint VolumesPerDisk = PartitionList.MaximumPartitions + 1;

    private const long LookNanoseconds = 1_000_000;

    private readonly Lock _sync = new();
    private readonly IKernelSignal _news = makeSignal();
    private volatile AttachedDisk[] _disks = [];
    private uint _nextNumber;

    /// <summary>Tells of things that somebody should know.</summary>
    public Action<string>? Report { get; set; }

    /// <summary>The disks that there are.</summary>
    public IReadOnlyList<AttachedDisk> Disks => _disks;

    /// <inheritdoc/>
    public void DiskAdded(BlockDisk disk)
    {
        lock (_sync)
        {
            DiskCache cache = new(disk, memory, clock, makeSignal, wakeShadow, options);
            _disks = [.. _disks, new AttachedDisk(_nextNumber++, disk, cache)];
        }

        _news.Set();
    }

    /// <inheritdoc/>
    public void DiskGone(BlockDisk disk)
    {
        AttachedDisk? gone;
        lock (_sync)
        {
            gone = Array.Find(_disks, attached => ReferenceEquals(attached.Disk, disk));
            _disks = [.. _disks.Where(attached => !ReferenceEquals(attached, gone))];
        }

        gone?.Cache.DiskGone();
    }

    /// <inheritdoc/>
    public long Tick(long nowNanoseconds)
    {
        long next = long.MaxValue;
        foreach (AttachedDisk disk in _disks)
        {
            next = Math.Min(next, disk.Cache.Tick(nowNanoseconds));
        }

        return next;
    }

    /// <summary>The thread that looks how new disks are divided. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            ScanAll();
            _news.Wait(-1);
        }
    }

    /// <summary>Looks how the disks are divided of which that is not known.</summary>
    public void ScanAll()
    {
        while (Array.Find(_disks, static disk => !disk.IsScanned) is { } disk)
        {
            Scan(disk);
        }
    }

    /// <summary>Waits until it is known how all disks are divided. False if the time runs out.</summary>
    public bool WaitUntilScanned(long timeoutNanoseconds)
    {
        long end = clock.NowNanoseconds + timeoutNanoseconds;
        while (Array.Exists(_disks, static disk => !disk.IsScanned))
        {
            if (clock.NowNanoseconds >= end)
            {
                return false;
            }

            clock.Sleep(LookNanoseconds);
        }

        return true;
    }

    /// <summary>A volume by its number, or null.</summary>
    public Volume? Find(uint number) => All().FirstOrDefault(volume => volume.Number == number);

    /// <summary>A volume by its name, or null.</summary>
    public Volume? Find(string name) => All().FirstOrDefault(volume => volume.Name == name);

    /// <summary>
    /// Gives a volume to somebody alone. <see cref="CallStatus.Busy"/> if somebody has it, or one that it shares sectors with.
    /// </summary>
    public CallStatus TryOpen(uint number, string owner, out Volume? volume)
    {
        lock (_sync)
        {
            volume = Find(number);
            if (volume is null)
            {
                return CallStatus.NotFound;
            }

            foreach (Volume other in volume.Disk.Volumes)
            {
                bool overlaps = ReferenceEquals(other, volume) || other.IsPartition != volume.IsPartition;
                if (overlaps && other.Owner is not null)
                {
                    return CallStatus.Busy;
                }
            }

            volume.Owner = owner;
            return CallStatus.Ok;
        }
    }

    /// <summary>Takes a volume back.</summary>
    public void Close(Volume volume)
    {
        lock (_sync)
        {
            volume.Owner = null;
        }
    }

    private IEnumerable<Volume> All() => _disks.SelectMany(static disk => disk.Volumes);

    private void Scan(AttachedDisk disk)
    {
        CallStatus status = PartitionTable.Read(disk.Whole.Content, out IReadOnlyList<Partition> partitions);
        if (status != CallStatus.Ok)
        {
            Report?.Invoke($"{disk.Name}: its first sector cannot be read ({status})");
        }

        List<Volume> volumes = [disk.Whole];
        foreach (Partition partition in partitions)
        {
            // What ends on another disk than it was made for is looked at, and not touched.
            bool isReadOnly = disk.Whole.Content.IsReadOnly || partition.IsTruncated;
            volumes.Add(new Volume(
                disk,
                disk.Whole.Number + partition.Number,
                $"{disk.Name}p{partition.Number}",
                partition.FirstSector,
                new BlockVolume(disk.Cache, partition.FirstSector, partition.SectorCount, isReadOnly),
                partition.Kind));
        }

        disk.Volumes = volumes;
        disk.IsScanned = true;
    }
}
