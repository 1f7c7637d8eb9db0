using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A disk as its users see it: it takes requests at any time, and whether its driver is just being replaced is no business of
/// theirs. What the driver has when it dies is given to the next one, in the order in which it was given here.
/// <para>
/// To repeat a request is harmless: a read or write that was carried out already is carried out once more, with the same memory,
/// which its user has not touched; and one that the dead instance's device still has is ended by the reset with which the next
/// instance begins, before it gets anything.
/// </para>
/// </summary>
public sealed class BlockDisk
{
    private readonly Lock _sync;
    private readonly BlockShadowOptions _options;
    private readonly IKernelSignal _work;
    private readonly MaskedLines _lines;
    private readonly TransferQueue _queue = new();
    private readonly FlightTable _inFlight = new();
    private readonly FailureJudge _judge;
    private readonly DiskPace _pace;
    private readonly QuietTime _quiet;
    private BlockDiskStatistics _counts;
    private ulong _lastOrder;
    private bool _isFull;
    private bool _isEmptyHanded;
    private long _quietSinceNanoseconds;
    private long _endedNanoseconds;
    private bool _isOverdue;
    private int _waiting;

    internal BlockDisk(
        Lock sync, IKernelSignal work, MaskedLines lines, BlockShadowOptions options, uint domainId, BlockDiskIdentity identity)
    {
        _sync = sync;
        _work = work;
        _lines = lines;
        _options = options;
        _judge = new FailureJudge(options);
        _pace = new DiskPace(options);
        _quiet = new QuietTime(options.LookNanoseconds);
        DomainId = domainId;
        Identity = identity;
    }

    /// <summary>What the disk is.</summary>
    public BlockDiskIdentity Identity { get; }

    /// <summary>Whether it will not come back: every request to it is refused.</summary>
    public bool IsGone => State == SideState.Absent;

    internal uint DomainId { get; }

    internal SideState State { get; private set; } = SideState.Interrupted;

    internal IBlockDevice? Driver { get; private set; }

    /// <summary>What the instance's devices reach; null if nothing keeps them from memory.</summary>
    internal IDeviceReach? Reach { get; private set; }

    internal uint Registration { get; private set; }

    /// <summary>Requests that have ended in the driver, or were taken by it: what it has done.</summary>
    internal ulong Progress { get; private set; }

    /// <summary>Requests that the driver has.</summary>
    internal uint UnderWay => _inFlight.Count;

    /// <summary>Whether somebody waits for the end of a request that the driver has.</summary>
    internal bool IsAwaited => _waiting != 0 || _inFlight.Urgent != 0;

    /// <summary>Requests that have ended in drivers.</summary>
    internal ulong Ends { get; private set; }

    internal uint Instances => _counts.Instances;

    /// <summary>Gives the disk something to do. It ends later, perhaps before this returns.</summary>
    public void Submit(BlockTransfer transfer)
    {
        Add(transfer);
        Wake();
    }

    /// <summary>The same for one of several: <see cref="Wake"/> is called after the last, and the driver is entered once for all.</summary>
    public void Add(BlockTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        lock (_sync)
        {
            if (!IsGone)
            {
                transfer.Begin(++_lastOrder);
                _queue.Add(transfer);
                return;
            }
        }

        transfer.End(BlockResult.Refused);
    }

    /// <summary>Has the driver be given what was added.</summary>
    public void Wake() => _work.Set();

    /// <summary>
    /// Somebody begins to wait for the disk, be it for patient requests: from now on ends are told at once, also those that have
    /// been kept for later.
    /// </summary>
    public void BeginWait()
    {
        bool hasAsked;
        lock (_sync)
        {
            _waiting++;
            hasAsked = _lines.Has(DomainId);
        }

        if (hasAsked)
        {
            _work.Set();
        }
    }

    /// <summary>He does not wait any more.</summary>
    public void EndWait()
    {
        lock (_sync)
        {
            _waiting--;
        }
    }

    /// <summary>What passed through here.</summary>
    public BlockDiskStatistics GetStatistics()
    {
        lock (_sync)
        {
            return _counts with { Queued = (uint)_queue.Count, InFlight = _inFlight.Count };
        }
    }

    /// <summary>A fresh instance has the disk. The lock is held.</summary>
    internal void Attach(IBlockDevice driver, IDeviceReach? reach, uint registration)
    {
        Driver = driver;
        Reach = reach;
        Registration = registration;
        State = SideState.Registered;
    }

    /// <summary>The instance is started. The lock is held.</summary>
    internal void Begin(long nowNanoseconds)
    {
        State = SideState.Ready;
        _counts = _counts with { Instances = _counts.Instances + 1 };
        _isFull = false;
        _isEmptyHanded = false;
        _judge.Begin();
        _quietSinceNanoseconds = nowNanoseconds;
    }

    /// <summary>The instance is dead: what it had waits for the next one. False if that was known. The lock is held.</summary>
    internal bool Interrupt()
    {
        if (State is SideState.Absent or SideState.Interrupted)
        {
            return false;
        }

        if (_isOverdue)
        {
            _isOverdue = false;
            _pace.NoteReplacement();
        }

        while (_inFlight.FindAny() is { } transfer)
        {
            Withdraw(transfer);
            _counts = _counts with { Replays = _counts.Replays + 1 };
        }

        Driver = null;
        State = SideState.Interrupted;
        _isEmptyHanded = false;
        return true;
    }

    /// <summary>The disk will not come back. Returns the requests that end with it, in a list. The lock is held.</summary>
    internal BlockTransfer? Remove()
    {
        Interrupt();
        State = SideState.Absent;
        BlockTransfer? first = _queue.First;
        while (_queue.Count != 0)
        {
            BlockTransfer transfer = _queue.Take()!;
            transfer.Next = _queue.First;
            _counts = _counts with { Errors = _counts.Errors + 1 };
        }

        return first;
    }

    /// <summary>For how long the requests that <see cref="CountOwed"/> counted last had been waited for, beyond what any disk is given.</summary>
    internal long BorneNanoseconds => _isOverdue ? Math.Max(0, _quiet.SeenNanoseconds - _options.LeastPatienceNanoseconds) : 0;

    /// <summary>How many requests the driver owes without having an excuse, for the health monitor. The lock is held.</summary>
    /// <param name="nowNanoseconds">The time.</param>
    /// <param name="isWatched">Whether it is expected to be as fast as it was.</param>
    internal uint CountOwed(long nowNanoseconds, bool isWatched)
    {
        if (State != SideState.Ready || _judge.IsDoubted)
        {
            return 0;
        }

        long oldest = _inFlight.FindOldestNanoseconds();
        bool isOverdue = oldest <= nowNanoseconds - _options.PatienceNanoseconds;
        long quietSince = Math.Max(oldest, _endedNanoseconds);
        _quiet.Look(quietSince, nowNanoseconds);
        _isOverdue = isWatched && quietSince <= nowNanoseconds - _pace.PatienceNanoseconds;
        return _isEmptyHanded || isOverdue || _isOverdue ? (uint)_queue.Count + _inFlight.Count : 0;
    }

    /// <summary>
    /// Adds what the driver has room for. A request may end before the call that offers it returns: so it counts as being with
    /// the driver before the call. The lock is held.
    /// </summary>
    internal void Offer(ExchangeBatch batch, long nowNanoseconds)
    {
        uint depth = Math.Min(FlightTable.MaximumCount, Identity.Description.QueueDepth);
        while (!_isFull && !_judge.IsDoubted && _inFlight.Count < depth && _queue.First is { } next && batch.HasRoomFor(next)
            && Reach?.TryLend(next.Segments, next.Operation == BlockOperation.Read) != false)
        {
            _queue.Take();
            _inFlight.Enter(next, nowNanoseconds);
            FillMarks.Put(next);
            batch.Add(next, Identity.Description.Unit);
        }
    }

    /// <summary>The driver has taken so many of them, from the first. The lock is held.</summary>
    internal void Settle(ExchangeBatch batch, int taken)
    {
        for (int index = taken; index < batch.Count; index++)
        {
            if (_inFlight.Find(batch.Requests[index].Id) is { } left)
            {
                Withdraw(left);
            }
        }

        Progress += (uint)taken;
        _isFull |= taken < batch.Count;
    }

    /// <summary>The driver has died, and nobody has said so yet: it is given nothing more. The lock is held.</summary>
    internal void LoseDriver() => _isFull = true;

    /// <summary>Asks the driver where the requests are, if it is time to. Returns when it is time again.</summary>
    internal long Ask(long nowNanoseconds, DriverExchange exchange, out bool isBadReply)
    {
        isBadReply = false;
        IBlockDevice driver;
        uint registration;
        uint waiting;
        ulong progress;
        lock (_sync)
        {
            waiting = (uint)_queue.Count + _inFlight.Count;
            if (State != SideState.Ready || waiting == 0)
            {
                _quietSinceNanoseconds = nowNanoseconds;
                return long.MaxValue;
            }

            long due = _quietSinceNanoseconds + _options.QuestionNanoseconds;
            if (nowNanoseconds < due)
            {
                return due;
            }

            driver = Driver!;
            registration = Registration;
            progress = Progress;
        }

        CallResult<uint> answer = driver.CountOutstanding(Identity.Description.Unit, nowNanoseconds);

        // What has ended without an interrupt is no longer outstanding: only then is it known what the driver cannot account for.
        if (exchange.TryRun(this, looks: true))
        {
            _work.Set();
        }

        lock (_sync)
        {
            if (IsReady(registration) && answer.TryGet(out uint outstanding))
            {
                // Nothing ended on the way, and yet the driver says that no device has what it was given.
                isBadReply = outstanding > FlightTable.MaximumCount;
                _isEmptyHanded = outstanding == 0 && progress == Progress;
                _isFull = false;
            }

            _quietSinceNanoseconds = nowNanoseconds;
            return nowNanoseconds + _options.QuestionNanoseconds;
        }
    }

    /// <summary>Whether the instance of that registration is there and serves. The lock is held.</summary>
    internal bool IsReady(uint registration) => registration == Registration && State == SideState.Ready;

    /// <summary>Whether the instance has to be replaced, because it says that the disk fails. True once for each.</summary>
    /// <param name="registration">Which instance.</param>
    internal bool TryTakeDoubt(out uint registration)
    {
        lock (_sync)
        {
            registration = Registration;
            return State == SideState.Ready && _judge.TryTakeDoubt();
        }
    }

    /// <summary>
    /// The driver says that a request has ended. False if it cannot be. The transfer is then to be ended, if there is one. The lock
    /// is held.
    /// </summary>
    internal bool TryComplete(in BlockCompletion completion, long nowNanoseconds, out BlockTransfer? ended)
    {
        ended = null;
        if (_inFlight.Find(completion.Id) is not { } transfer || completion.Result > BlockResult.Refused
            || (completion.Result == BlockResult.Done && FillMarks.AreLeft(transfer)))
        {
            return false;
        }

        _isFull = false;
        _isEmptyHanded = false;
        _quietSinceNanoseconds = nowNanoseconds;

        // Of those that end together only the first was waited for: there is nothing to look for in the table for the others.
        _pace.NoteEnd(_endedNanoseconds == nowNanoseconds ? 0 : nowNanoseconds - Math.Max(_inFlight.FindOldestNanoseconds(), _endedNanoseconds));
        _endedNanoseconds = nowNanoseconds;
        _isOverdue = false;
        Progress++;
        Ends++;
        Leave(transfer);
        if (completion.Result != BlockResult.Aborted)
        {
            _judge.NoteEnd();
        }

        if (completion.Result == BlockResult.Done || IsError(transfer, completion.Result, nowNanoseconds))
        {
            // An abort that is not repeated any more is an error like others.
            transfer.Result = completion.Result == BlockResult.Aborted ? BlockResult.DeviceError : completion.Result;
            _counts = _counts.After(transfer, Identity.Description.SectorBytes);
            ended = transfer;
        }

        return true;
    }

    // False: it is in the queue again.
    private bool IsError(BlockTransfer transfer, BlockResult result, long nowNanoseconds)
    {
        FailureVerdict verdict = _judge.Judge(transfer, result, Registration, nowNanoseconds);
        if (verdict == FailureVerdict.Error)
        {
            return true;
        }

        _counts = verdict == FailureVerdict.TryAgain
            ? _counts with { Retries = _counts.Retries + 1 }
            : _counts with { Doubts = _counts.Doubts + 1 };
        _queue.PutBack(transfer);
        return false;
    }

    private void Withdraw(BlockTransfer transfer)
    {
        Leave(transfer);
        _queue.PutBack(transfer);
    }

    private void Leave(BlockTransfer transfer)
    {
        _inFlight.Leave(transfer);
        Reach?.TakeBack(transfer.Segments);
    }
}
