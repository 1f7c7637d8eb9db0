using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Stands between the drivers of disks and the users of the disks, so that these do not notice when a driver dies: see
/// <see cref="BlockDisk"/>.
/// <para>
/// Policy of trying again: a request that the device fails, or does not answer in time, is tried
/// <see cref="BlockShadowOptions.Tries"/> times. Then the driver is replaced, and a fresh instance tries as often; if it says the
/// same, the user of the request gets the error, and that instance is believed for
/// <see cref="BlockShadowOptions.BeliefNanoseconds"/>. A request that dies with its driver is given to the next one however often
/// that happens: recovery ends when the extension is given up.
/// </para>
/// <para>
/// A slow disk is no silent driver. While requests are under way and none ends, the driver is asked how many the disk has. That
/// is its excuse, for up to <see cref="BlockShadowOptions.PatienceNanoseconds"/>, or where disks are watched closely for as long as the disk
/// may take by what it took before (<see cref="DiskPace"/>); when it says none and ends none, it has lost them.
/// </para>
/// <para>
/// Use: give a <see cref="BlockDeviceHostService"/> to each instance of a driver; add the shadow to the recovery manager and the
/// health monitor; let one kernel thread run <see cref="Run"/>, and another one, which runs only when no other can,
/// <see cref="RunWhenIdle"/>. Only the first calls drivers, also on behalf of their interrupt lines (<see cref="TryTakeLine"/>).
/// </para>
/// </summary>
public sealed class BlockShadow : IRecoveryParticipant, IProgressSource
{
    private readonly Lock _sync = new();
    private readonly WorkTurns _work;
    private readonly IKernelSignal _patientWork;
    private readonly BlockShadowOptions _options;
    private readonly MaskedLines _lines = new();
    private readonly DriverExchange _exchange;
    private volatile BlockDisk[] _disks = [];
    private uint _registrations;

    /// <param name="clock">Time.</param>
    /// <param name="work">Wakes the thread that calls drivers.</param>
    /// <param name="patientWork">Wakes the thread that wakes it when nothing else is to be done.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    /// <param name="options">Bounds.</param>
    public BlockShadow(IKernelClock clock, IKernelSignal work, IKernelSignal patientWork, IFaultSink faults, BlockShadowOptions options)
    {
        Clock = clock;
        _work = new WorkTurns(work);
        _patientWork = patientWork;
        Faults = faults;
        _options = options;
        _exchange = new DriverExchange(
            _sync, clock, _lines, () => _disks, (disk, registration, complaint) => Report(disk, registration, FaultKind.BadReply, complaint));
    }

    /// <summary>Hears of disks, and of the time by the same thread that gives requests to drivers. Set before the first driver starts.</summary>
    public IBlockDiskWatcher? Watcher { get; set; }

    /// <summary>Whether disks are expected to be as fast as they were: finds drivers that never give them what they say they have.</summary>
    public bool IsWatchedClosely { get; set; }

    /// <summary>The disks that there are.</summary>
    public IReadOnlyList<BlockDisk> Disks => _disks;

    internal IKernelClock Clock { get; }

    internal IFaultSink Faults { get; }

    /// <inheritdoc/>
    public void InstanceStopped(uint domainId)
    {
        lock (_sync)
        {
            _lines.Forget(domainId);
            foreach (BlockDisk disk in _disks)
            {
                if (disk.DomainId == domainId)
                {
                    disk.Interrupt();
                }
            }
        }
    }

    /// <inheritdoc/>
    public CallStatus InstanceStarted(uint domainId)
    {
        BlockDisk[] missing;
        lock (_sync)
        {
            BlockDisk[] own = [.. _disks.Where(disk => disk.DomainId == domainId)];
            missing = [.. own.Where(disk => disk.State == SideState.Interrupted)];
            if (own.Length != 0 && missing.Length == own.Length)
            {
                // The last instance drove disks and this one has not even found one.
                return CallStatus.NotFound;
            }

            foreach (BlockDisk disk in own)
            {
                if (disk.State == SideState.Registered)
                {
                    disk.Begin(Clock.NowNanoseconds);
                }
            }
        }

        Remove(missing);
        _work.Set();
        return CallStatus.Ok;
    }

    /// <inheritdoc/>
    public void ExtensionGone(uint domainId) => Remove([.. _disks.Where(disk => disk.DomainId == domainId)]);

    /// <inheritdoc/>
    public int Sample(Span<ProgressSample> samples)
    {
        long now = Clock.NowNanoseconds;
        int count = 0;
        bool isHeldUp = _work.WasHeldUp();
        lock (_sync)
        {
            // Each driver has a sample of its own, in the order in which they came. More drivers than samples there are not.
            foreach (BlockDisk disk in _disks)
            {
                int index = 0;
                while (index < count && samples[index].DomainId != disk.DomainId)
                {
                    index++;
                }

                if (index == IProgressSource.MaximumSamples)
                {
                    continue;
                }

                ProgressSample sample = index < count
                    ? samples[index]
                    : new ProgressSample { DomainId = disk.DomainId, What = "disk requests that no disk has", IsActive = true, IsHeldUp = isHeldUp };
                samples[index] = sample with
                {
                    Instance = sample.Instance + disk.Instances,
                    Pending = sample.Pending + disk.CountOwed(now, IsWatchedClosely),
                    Completed = sample.Completed + disk.Progress,
                    BorneNanoseconds = Math.Max(sample.BorneNanoseconds, disk.BorneNanoseconds),
                };
                count = Math.Max(count, index + 1);
            }
        }

        return count;
    }

    /// <summary>The thread that gives requests to drivers. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            long next = Pump();
            _work.Wait(next == long.MaxValue ? -1 : Math.Max(0, next - Clock.NowNanoseconds));
        }
    }

    /// <summary>What a thread does that runs only when no other one can. Does not return.</summary>
    public void RunWhenIdle()
    {
        while (true)
        {
            _patientWork.Wait(-1);
            _work.Set();
        }
    }

    /// <summary>
    /// The line of a device has asked for its driver, and is masked until that has been called. False if the driver has no disk to
    /// be called for yet. The driver is called at once if somebody waits for what has ended, or if the line has other users.
    /// Otherwise more may end meanwhile: it is called when there is nothing else to do, or anyway.
    /// </summary>
    public bool TryTakeLine(uint domainId, IMaskedLine line)
    {
        bool isUrgent = line.IsShared;
        lock (_sync)
        {
            if (!Array.Exists(_disks, disk => disk.DomainId == domainId && disk.State == SideState.Ready))
            {
                return false;
            }

            _lines.Add(domainId, line);
            isUrgent |= IsAwaited(domainId);
        }

        (isUrgent ? _work : _patientWork).Set();
        return true;
    }

    /// <summary>
    /// Gives drivers what they have room for, takes what has ended, and asks them where requests are that take long. Returns when there is something to
    /// do although nothing happens (<see cref="long.MaxValue"/>: never).
    /// </summary>
    public long Pump()
    {
        _work.BeginTurn();
        long next = Watcher?.Tick(Clock.NowNanoseconds) ?? long.MaxValue;
        foreach (BlockDisk disk in _disks)
        {
            while (_exchange.TryRun(disk, looks: false))
            {
                // Until there is nothing to say, or no room for more.
            }

            uint asked = disk.Registration;
            next = Math.Min(next, disk.Ask(Clock.NowNanoseconds, _exchange, out bool isBadReply));
            if (isBadReply)
            {
                Report(disk, asked, FaultKind.BadReply, "has more requests than it was given");
            }

            if (disk.TryTakeDoubt(out uint doubted))
            {
                Report(disk, doubted, FaultKind.DeviceFailure, "says that the disk fails, which a fresh instance has to confirm");
            }
        }

        _work.EndTurn();
        return next;
    }

    /// <summary>
    /// A driver that starts tells of a disk. False if it has told of one of this number already.
    /// </summary>
    internal bool TryRegister(
        uint domainId, IBlockDevice driver, IDeviceReach? reach, BlockDiskIdentity identity, [NotNullWhen(true)] out BlockDisk? disk,
        out uint registration)
    {
        BlockDisk? other = null;
        bool isNew = false;
        lock (_sync)
        {
            registration = 0;
            disk = Array.Find(
                _disks, known => known.DomainId == domainId && known.Identity.Description.Unit == identity.Description.Unit);
            if (disk is not null && disk.State != SideState.Interrupted)
            {
                disk = null;
                return false;
            }

            if (disk is not null && disk.Identity != identity)
            {
                // Another disk in its place: nothing that was meant for the old one may reach it.
                other = disk;
                disk = null;
            }

            if (disk is null)
            {
                disk = new BlockDisk(_sync, _work, _lines, _options, domainId, identity);
                _disks = [.. _disks, disk];
                isNew = true;
            }

            registration = ++_registrations;
            disk.Attach(driver, reach, registration);
        }

        if (other is not null)
        {
            Remove([other]);
        }

        if (isNew)
        {
            Watcher?.DiskAdded(disk);
        }

        return true;
    }

    /// <summary>The numbers of the disks of a driver, as bits, those included that wait for its next instance.</summary>
    internal uint GetUnits(uint domainId)
    {
        uint units = 0;
        foreach (BlockDisk disk in _disks)
        {
            units |= disk.DomainId == domainId ? 1u << (int)disk.Identity.Description.Unit : 0;
        }

        return units;
    }

    /// <summary>The registration was taken back. True if nobody had said yet that the instance is gone.</summary>
    internal bool Unregister(BlockDisk disk, uint registration)
    {
        lock (_sync)
        {
            return disk.Registration == registration && disk.Interrupt();
        }
    }

    // Where nothing is under way nothing has ended, and nobody would ask the driver before long.
    private bool IsAwaited(uint domainId)
    {
        uint underWay = 0;
        foreach (BlockDisk disk in _disks)
        {
            if (disk.DomainId == domainId)
            {
                if (disk.IsAwaited)
                {
                    return true;
                }

                underWay += disk.UnderWay;
            }
        }

        return underWay == 0;
    }

    private void Remove(BlockDisk[] disks)
    {
        foreach (BlockDisk disk in disks)
        {
            BlockTransfer? transfer;
            lock (_sync)
            {
                transfer = disk.Remove();
                _disks = [.. _disks.Where(known => !ReferenceEquals(known, disk))];
            }

            if (transfer is not null)
            {
                // The instance may be alive: a driver can take a disk back and name another one in its place.
                disk.Reach?.Settle();
            }

            while (transfer is not null)
            {
                // Whoever ends may use it again at once.
                BlockTransfer? next = transfer.Next;
                transfer.Next = null;
                transfer.End(BlockResult.Refused);
                transfer = next;
            }

            Watcher?.DiskGone(disk);
        }
    }

    private void Report(BlockDisk disk, uint registration, FaultKind kind, string detail)
        => Faults.ReportLate(disk.DomainId, () => IsReady(disk, registration), kind, Clock.NowNanoseconds, detail);

    private bool IsReady(BlockDisk disk, uint registration)
    {
        lock (_sync)
        {
            return disk.IsReady(registration);
        }
    }
}
