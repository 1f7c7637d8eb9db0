using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Calls drivers of disks: gives them requests and takes what has ended, both in one call, which also serves the lines of their
/// devices. Used by one thread.
/// </summary>
/// <param name="sync">Guards disks and lines.</param>
/// <param name="clock">Time.</param>
/// <param name="lines">Lines that have asked for their drivers.</param>
/// <param name="disks">The disks that there are.</param>
/// <param name="refuse">Called when an answer cannot be, with whose it is by registration and what is wrong about it.</param>
internal sealed class DriverExchange(
    Lock sync, IKernelClock clock, MaskedLines lines, Func<BlockDisk[]> disks, Action<BlockDisk, uint, string> refuse)
{
    private readonly ExchangeBatch _batch = new();
    private readonly List<BlockTransfer> _ended = new(BlockLimits.RequestsPerCall);
    private readonly List<IMaskedLine> _lines = [];
    private bool _isMoreLeft;

    /// <summary>
    /// Calls the driver of a disk if there is anything to say, or if it has to look at its devices. Returns whether it is worth
    /// doing again.
    /// </summary>
    /// <param name="disk">The disk whose requests are given.</param>
    /// <param name="looks">Whether the driver has to look although no line has asked for it.</param>
    public bool TryRun(BlockDisk disk, bool looks)
    {
        IBlockDevice driver;
        IDeviceReach? reach;
        uint registration;
        uint underWay;
        lock (sync)
        {
            if (disk.State != SideState.Ready)
            {
                return false;
            }

            disk.Offer(_batch, clock.NowNanoseconds);
            looks |= lines.TryTake(disk.DomainId, _lines) | _isMoreLeft;
            _isMoreLeft = false;
            if (_batch.Count == 0 && !looks)
            {
                return false;
            }

            driver = disk.Driver!;
            reach = disk.Reach;
            registration = disk.Registration;

            // What is copied back is no longer than what there can be.
            underWay = looks ? CountUnderWay(disk.DomainId) : (uint)_batch.Count;
        }

        Span<BlockCompletion> ended = _batch.GetEnded(underWay);
        CallResult<BlockExchange> result = driver.Exchange(_batch.Requests, _batch.Segments, ended, looks);
        bool isWorthMore;
        ulong work;
        string? complaint;
        lock (sync)
        {
            isWorthMore = Settle(disk, registration, result, ended, out complaint);
            work = CountEnds(disk.DomainId);
        }

        Finish(reach, work);
        if (complaint is not null)
        {
            refuse(disk, registration, complaint);
        }

        return isWorthMore;
    }

    private bool Settle(
        BlockDisk disk, uint registration, CallResult<BlockExchange> result, ReadOnlySpan<BlockCompletion> ended, out string? complaint)
    {
        complaint = null;
        if (!disk.IsReady(registration))
        {
            // What it had went back to the queue with everything else.
            return false;
        }

        if (result.Status is CallStatus.DomainDied or CallStatus.DomainUnavailable)
        {
            // Whoever noticed will say so; until then it waits in flight like the rest.
            disk.LoseDriver();
            return false;
        }

        BlockExchange exchange = result.TryGet(out BlockExchange said) ? said : default;
        if (exchange.RequestsEnded > (uint)ended.Length || exchange.RequestsTaken > (uint)_batch.Count)
        {
            complaint = "took more requests than it was given";
            return false;
        }

        long now = clock.NowNanoseconds;
        foreach (ref readonly BlockCompletion completion in ended[..(int)exchange.RequestsEnded])
        {
            BlockTransfer? transfer = null;
            if (Find(disk.DomainId, completion.Unit)?.TryComplete(completion, now, out transfer) != true)
            {
                complaint = "ended a request that it does not have, or has not carried out";
                return false;
            }

            if (transfer is not null)
            {
                _ended.Add(transfer);
            }
        }

        _isMoreLeft = exchange.RequestsEnded == BlockLimits.RequestsPerCall;
        disk.Settle(_batch, (int)exchange.RequestsTaken);
        return exchange.RequestsTaken != 0 || exchange.RequestsEnded != 0;
    }

    // With no lock held: whoever hears of an end may begin something else at once.
    private void Finish(IDeviceReach? reach, ulong work)
    {
        _batch.Clear();
        if (_ended.Count != 0)
        {
            // Whoever hears of an end uses the memory for something else.
            reach?.Settle();
        }

        foreach (BlockTransfer transfer in _ended)
        {
            transfer.End(transfer.Result);
        }

        _ended.Clear();
        foreach (IMaskedLine line in _lines)
        {
            line.Release(work);
        }

        _lines.Clear();
    }

    private uint CountUnderWay(uint domainId)
    {
        uint count = 0;
        foreach (BlockDisk disk in disks())
        {
            count += disk.DomainId == domainId ? disk.UnderWay : 0;
        }

        return count;
    }

    private BlockDisk? Find(uint domainId, uint unit) => Array.Find(
        disks(), disk => disk.DomainId == domainId && disk.Identity.Description.Unit == unit && disk.State == SideState.Ready);

    private ulong CountEnds(uint domainId)
    {
        ulong count = 0;
        foreach (BlockDisk disk in disks())
        {
            count += disk.DomainId == domainId ? disk.Ends : 0;
        }

        return count;
    }
}
