using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The file system as everybody sees it: files that are open, and calls that outlive the instance which was to carry them out.
/// One call is carried out at a time.
/// </summary>
public sealed class FileShadow : IRecoveryParticipant
{
    private static readonly FileReply s_nobodysTurn = new(FileStatus.Unavailable, 0, 0, 0, default);

    private readonly FileCallTurn _calls;
    private readonly IKernelSignal _work;
    private readonly FileShadowOptions _options;
    private readonly FileContents _contents;
    private readonly FileNames _names;
    private readonly AbandonedFiles _abandoned = new();
    private bool _isChanged;

    /// <param name="clock">Time.</param>
    /// <param name="utcTicks">The time of day.</param>
    /// <param name="work">Wakes the thread that writes what nobody has asked to be written.</param>
    /// <param name="makeRest">Makes what is waited for by who waits for a file system, for which nobody can be blamed.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    /// <param name="options">Bounds.</param>
    public FileShadow(
        IKernelClock clock,
        Func<long> utcTicks,
        IKernelSignal work,
        Func<IKernelSignal> makeRest,
        IFaultSink faults,
        FileShadowOptions options)
    {
        Clock = clock;
        Faults = faults;
        _work = work;
        _options = options;
        _calls = new FileCallTurn(makeRest);
        FileSystem = new FileSystemSide(clock, makeRest(), faults, options, Nodes);
        _contents = new FileContents(FileSystem, Nodes, utcTicks, options);
        _names = new FileNames(FileSystem, Nodes, _contents, utcTicks, options);
    }

    internal IKernelClock Clock { get; }

    internal IFaultSink Faults { get; }

    internal FileSystemSide FileSystem { get; }

    internal OpenNodes Nodes { get; } = new();

    /// <summary>Whether a refusal that an instance should seldom have to give is confirmed by another one before it counts.</summary>
    public bool IsWatchedClosely
    {
        get => FileSystem.IsWatchedClosely;
        set => FileSystem.IsWatchedClosely = value;
    }

    /// <summary>How many files are open.</summary>
    public int OpenFiles => Nodes.Count;

    /// <summary>How many instances of the file system there were.</summary>
    public uint Instances => FileSystem.Instances;

    /// <summary>The number of the volume that is mounted, or null.</summary>
    public uint? MountedVolume => FileSystem.IsMounted ? FileSystem.Volume : null;

    /// <inheritdoc/>
    public void InstanceStopped(uint domainId) => FileSystem.InstanceStopped(domainId);

    /// <inheritdoc/>
    public CallStatus InstanceStarted(uint domainId) => FileSystem.InstanceStarted(domainId);

    /// <inheritdoc/>
    public void ExtensionGone(uint domainId) => FileSystem.ExtensionGone(domainId);

    /// <summary>Describes the volume. False if none is mounted.</summary>
    public bool TryDescribe(out FileSystemDescription description)
    {
        description = default;
        using FileCallTurn.Turn turn = _calls.Take();
        return turn.IsTaken && FileSystem.TryDescribe(out description);
    }

    /// <summary>Reads the label of the volume.</summary>
    public FileStatus ReadLabel(Span<char> label, out int length)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        ReadLabelCall call = new(label);
        FileReply reply = turn.IsTaken ? FileSystem.Ask(ref call, null, out _) : s_nobodysTurn;
        length = (int)reply.Count;
        return reply.Status;
    }

    /// <summary>
    /// The thread that writes what nobody has asked to be written, and closes files whose owners have died. Does not return.
    /// </summary>
    public void Run()
    {
        while (true)
        {
            _work.Wait(-1);
            Clock.Sleep(_options.FlushPeriodNanoseconds);
            RunOnce();
        }
    }

    /// <summary>Does what there is to do.</summary>
    public void RunOnce()
    {
        while (_abandoned.TryTake(out OpenNode? open))
        {
            // There is nobody left to tell.
            Close(open);
        }

        using FileCallTurn.Turn turn = _calls.Take();
        if (turn.IsTaken && _isChanged && FileSystem.IsMounted)
        {
            _isChanged = _contents.FlushAll() != FileStatus.Ok;
        }
    }

    internal FileStatus Open(ReadOnlySpan<char> path, FileRequests requests, out OpenNode? open)
    {
        open = null;
        using FileCallTurn.Turn turn = _calls.Take();
        return MayGoOn(turn, (requests & (FileRequests.Write | FileRequests.Create)) != 0)
            ? _names.Open(path, requests, out open)
            : FileStatus.Unavailable;
    }

    internal FileStatus Close(OpenNode open)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        if (turn.IsTaken)
        {
            return _names.Close(open);
        }

        Abandon(open);
        return FileStatus.Unavailable;
    }

    /// <summary>Its owner has died: nobody may wait for a file system now.</summary>
    internal void Abandon(OpenNode open)
    {
        _abandoned.Add(open);
        _work.Set();
    }

    internal FileReply Read(OpenNode open, ulong offset, Span<byte> bytes)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return turn.IsTaken ? _contents.Read(open, offset, bytes) : s_nobodysTurn;
    }

    internal FileReply Write(OpenNode open, ulong offset, ReadOnlySpan<byte> bytes)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return MayGoOn(turn, isChange: true) ? _contents.Write(open, offset, bytes) : s_nobodysTurn;
    }

    internal FileStatus SetLength(OpenNode open, ulong length)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return MayGoOn(turn, isChange: true) ? _contents.SetLength(open, length) : FileStatus.Unavailable;
    }

    internal FileStatus Flush(OpenNode? open)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        if (!turn.IsTaken)
        {
            return FileStatus.Unavailable;
        }

        FileStatus status = open is null ? _contents.LinkAll() : _contents.Link(open);
        return status == FileStatus.Ok ? _contents.FlushAll() : status;
    }

    internal FileReply ReadDirectory(OpenNode open, uint position, Span<char> name)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return turn.IsTaken ? _names.ReadDirectory(open, position, name) : s_nobodysTurn;
    }

    internal FileReply Describe(ReadOnlySpan<char> path)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return turn.IsTaken ? _names.Describe(path) : s_nobodysTurn;
    }

    internal FileStatus SetDescription(ReadOnlySpan<char> path, FileFlags flags, long createdTicks, long modifiedTicks)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return MayGoOn(turn, isChange: true)
            ? _names.SetDescription(path, flags, createdTicks, modifiedTicks)
            : FileStatus.Unavailable;
    }

    internal FileStatus CreateDirectory(ReadOnlySpan<char> path)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return MayGoOn(turn, isChange: true) ? _names.Create(path, FileFlags.Directory) : FileStatus.Unavailable;
    }

    internal FileStatus Remove(ReadOnlySpan<char> path)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return MayGoOn(turn, isChange: true) ? _names.Remove(path) : FileStatus.Unavailable;
    }

    internal FileStatus Rename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool replaces)
    {
        using FileCallTurn.Turn turn = _calls.Take();
        return MayGoOn(turn, isChange: true) ? _names.Rename(path, newPath, replaces) : FileStatus.Unavailable;
    }

    // Notes as well that there is something to be written, if the call may change anything.
    private bool MayGoOn(FileCallTurn.Turn turn, bool isChange)
    {
        if (turn.IsTaken && isChange && !_isChanged)
        {
            _isChanged = true;
            _work.Set();
        }

        return turn.IsTaken;
    }
}
