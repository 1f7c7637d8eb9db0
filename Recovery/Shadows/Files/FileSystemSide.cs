using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The file system as the shadow knows it: which instance there is. A call that dies with its instance is made again on the next
/// one, so each call here ends with the file system's own answer, or with none at all if it will not come back. One that answers
/// what is no answer is at fault, and the call is made again on the next instance, too; so is one whose answer nobody expected, until
/// another one has said the same (<see cref="RefusalJudge"/>).
/// </summary>
/// <param name="clock">Time.</param>
/// <param name="rest">What to wait for while there is nothing to do but to look again.</param>
/// <param name="faults">Where a broken contract is reported.</param>
/// <param name="options">Bounds.</param>
/// <param name="nodes">Files that are open.</param>
internal sealed class FileSystemSide(
    IKernelClock clock, IKernelSignal rest, IFaultSink faults, FileShadowOptions options, OpenNodes nodes)
{
    private const string NoAnswer = "answered a call of its file system with what is no answer";

    private readonly Lock _sync = new();
    private readonly ServingInstance<IFileSystem> _instance = new();
    private readonly RefusalJudge _judge = new(options);
    private IVolumeContent? _content;
    private bool _isAbsenceDoubted;

    /// <summary>One call of the file system.</summary>
    /// <typeparam name="TCall">What it is.</typeparam>
    public interface ICall<TCall>
        where TCall : ICall<TCall>, allows ref struct
    {
        /// <summary>Makes it.</summary>
        CallResult<FileReply> Make(IFileSystem fileSystem);
    }

    /// <summary>Whether there is a file system, be it that it is being replaced.</summary>
    public bool IsMounted => _instance.State != SideState.Absent;

    /// <summary>The device that it is on.</summary>
    public uint Volume { get; private set; }

    /// <summary>How many instances there were.</summary>
    public uint Instances { get; private set; }

    /// <summary>Whether refusals are doubted that contradict nothing.</summary>
    public bool IsWatchedClosely
    {
        get => _judge.IsStrict;
        set => _judge.IsStrict = value;
    }

    /// <summary>The content of that device, also while the file system is being replaced; null if there is none.</summary>
    public IVolumeContent? Content => IsMounted ? _content : null;

    public bool TryRegister(
        uint domainId, IFileSystem fileSystem, uint volume, IVolumeContent content, out uint registration)
    {
        lock (_sync)
        {
            registration = 0;
            if (!_instance.IsFreeFor(domainId))
            {
                return false;
            }

            Volume = volume;
            _content = content;
            registration = _instance.Register(domainId, fileSystem);
            return true;
        }
    }

    /// <summary>The registration was taken back. True if nobody had said yet that the instance is gone.</summary>
    public bool Unregister(uint registration)
    {
        lock (_sync)
        {
            return registration == _instance.Registration && _instance.TryInterrupt();
        }
    }

    public void InstanceStopped(uint domainId)
    {
        lock (_sync)
        {
            if (_instance.Serves(domainId))
            {
                _instance.TryInterrupt();
            }
        }
    }

    public CallStatus InstanceStarted(uint domainId)
    {
        lock (_sync)
        {
            if (_instance.TryStart(domainId))
            {
                _instance.SetReady(true);
                _isAbsenceDoubted = false;
                Instances++;
            }
            else if (_instance.Serves(domainId))
            {
                // The last instance had a volume and this one has not even found it: another one is to look, too.
                _isAbsenceDoubted = !_isAbsenceDoubted;
                if (_isAbsenceDoubted)
                {
                    return CallStatus.NotFound;
                }

                // There is nothing to wait for.
                _instance.Leave();
            }

            return CallStatus.Ok;
        }
    }

    public void ExtensionGone(uint domainId)
    {
        lock (_sync)
        {
            if (_instance.Serves(domainId))
            {
                _instance.Leave();
            }
        }
    }

    /// <summary>Makes a call until an instance has answered.</summary>
    /// <param name="call">The call.</param>
    /// <param name="open">What the answer says of a file is taken for this one, if it is well; null if nobody has it open.</param>
    /// <param name="wasRepeated">Whether it was made more than once.</param>
    /// <param name="known">What is known of its path.</param>
    public FileReply Ask<TCall>(ref TCall call, OpenNode? open, out bool wasRepeated, PathKnowledge known = default)
        where TCall : ICall<TCall>, allows ref struct
    {
        wasRepeated = false;
        uint doubted = 0;
        while (TryTake(out IFileSystem fileSystem, out uint registration))
        {
            ulong failures = _content?.Failures ?? 0;
            CallResult<FileReply> result = call.Make(fileSystem);
            if (result.TryGet(out FileReply reply) && reply.Status is > FileStatus.None and <= FileStatus.Unavailable)
            {
                // A device that fails has told the kernel so first.
                bool isContradiction = (!wasRepeated && known.Contradicts(reply))
                    || (reply.Status == FileStatus.DeviceError && _content?.Failures == failures);
                if (!_judge.IsBelieved(reply.Status, isContradiction, registration, doubted, clock.NowNanoseconds))
                {
                    doubted = registration;
                    ReportBadReply(registration, reply.Status == FileStatus.Ok
                        ? "says of a file what it was not, which another instance has to confirm"
                        : $"says {reply.Status} of its volume, which another instance has to confirm");
                }
                else if (open is null || reply.Status != FileStatus.Ok || TryTakeNode(registration, open, reply.Node))
                {
                    return reply;
                }
            }
            else if (result.Succeeded)
            {
                ReportBadReply(registration, NoAnswer);
            }
            else if (result.Status == CallStatus.BadParameter)
            {
                return Refused(FileStatus.BadPath);
            }
            else if (result.Status is not (CallStatus.DomainDied or CallStatus.DomainUnavailable))
            {
                // What is refused the reply tells. A call that was not even carried out contradicts that there is a file system.
                if (_judge.IsBelieved(FileStatus.Unavailable, isContradiction: true, registration, doubted, clock.NowNanoseconds))
                {
                    return Refused(FileStatus.Unavailable);
                }

                doubted = registration;
                ReportBadReply(registration, $"says {result.Status} to a call, which another instance has to confirm");
            }

            // Whether it was carried out in part, in whole or not at all nobody knows.
            wasRepeated = true;
            if (rest.Wait(options.PollNanoseconds) == WaitOutcome.Cancelled)
            {
                return Refused(FileStatus.Unavailable);
            }
        }

        return Refused(FileStatus.NotMounted);
    }

    /// <summary>Describes the volume. False if there is none.</summary>
    public bool TryDescribe(out FileSystemDescription description)
    {
        description = default;
        while (TryTake(out IFileSystem fileSystem, out uint registration))
        {
            CallResult<FileSystemDescription> result = fileSystem.DescribeVolume();
            if (result.TryGet(out description) && description.FatBits is 12 or 16 or 32)
            {
                return true;
            }

            if (result.Succeeded)
            {
                ReportBadReply(registration, NoAnswer);
            }
            else if (result.Status is not (CallStatus.DomainDied or CallStatus.DomainUnavailable))
            {
                return false;
            }

            if (rest.Wait(options.PollNanoseconds) == WaitOutcome.Cancelled)
            {
                return false;
            }
        }

        return false;
    }

    // The instance may have died since it answered. Its successor asks which chains are open, and frees all others: once it may
    // have asked, a chain that came with the answer is not to be relied on.
    private bool TryTakeNode(uint registration, OpenNode open, FileNode node)
    {
        lock (_sync)
        {
            if (!_instance.IsReady(registration))
            {
                return false;
            }

            nodes.Update(open, node);
            return true;
        }
    }

    private static FileReply Refused(FileStatus status) => new(status, 0, 0, 0, default);

    // Waits while it is being replaced.
    private bool TryTake(out IFileSystem fileSystem, out uint registration)
    {
        while (true)
        {
            lock (_sync)
            {
                fileSystem = _instance.Contract!;
                registration = _instance.Registration;
                if (_instance.State is SideState.Absent or SideState.Ready)
                {
                    return _instance.State == SideState.Ready;
                }
            }

            if (rest.Wait(options.PollNanoseconds) == WaitOutcome.Cancelled)
            {
                return false;
            }
        }
    }

    private void ReportBadReply(uint registration, string complaint) => faults.ReportLate(
        _instance.DomainId,
        () => IsReady(registration),
        FaultKind.BadReply,
        clock.NowNanoseconds,
        complaint);

    private bool IsReady(uint registration)
    {
        lock (_sync)
        {
            return _instance.IsReady(registration);
        }
    }
}
