using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The file system as the shadow knows it: which instance there is. A call that dies with its instance is made again on the next
/// one, so each call here ends with the file system's own answer, or with none at all if it will not come back. One that answers
/// what is no answer is at fault, and the call is made again on the next instance, too.
/// </summary>
internal sealed class FileSystemSide(IKernelClock clock, IKernelSignal rest, IFaultSink faults, FileShadowOptions options)
{
    private readonly Lock _sync = new();
    private IFileSystem? _fileSystem;
    private SideState _state;
    private uint _domainId;
    private uint _registrations;

    /// <summary>One call of the file system.</summary>
    /// <typeparam name="TCall">What it is.</typeparam>
    public interface ICall<TCall>
        where TCall : ICall<TCall>, allows ref struct
    {
        /// <summary>Makes it.</summary>
        CallResult<FileReply> Make(IFileSystem fileSystem);
    }

    /// <summary>Whether there is a file system, be it that it is being replaced.</summary>
    public bool IsMounted => _state != SideState.Absent;

    /// <summary>The device that it is on.</summary>
    public uint Volume { get; private set; }

    /// <summary>How many instances there were.</summary>
    public uint Instances { get; private set; }

    public bool TryRegister(uint domainId, IFileSystem fileSystem, uint volume, out uint registration)
    {
        lock (_sync)
        {
            registration = 0;
            if (_state is not (SideState.Absent or SideState.Interrupted) || (_state == SideState.Interrupted && domainId != _domainId))
            {
                return false;
            }

            _domainId = domainId;
            _fileSystem = fileSystem;
            _state = SideState.Registered;
            Volume = volume;
            registration = ++_registrations;
            return true;
        }
    }

    public void Unregister(uint registration)
    {
        lock (_sync)
        {
            if (registration == _registrations)
            {
                Interrupt();
            }
        }
    }

    public void InstanceStopped(uint domainId)
    {
        lock (_sync)
        {
            if (Serves(domainId))
            {
                Interrupt();
            }
        }
    }

    public void InstanceStarted(uint domainId)
    {
        lock (_sync)
        {
            if (!Serves(domainId))
            {
                return;
            }

            // An instance that finds no volume does not register: there is nothing to wait for then.
            Instances += _state == SideState.Registered ? 1u : 0;
            _state = _state == SideState.Registered ? SideState.Ready : SideState.Absent;
        }
    }

    public void ExtensionGone(uint domainId)
    {
        lock (_sync)
        {
            if (Serves(domainId))
            {
                Interrupt();
                _state = SideState.Absent;
            }
        }
    }

    /// <summary>Makes a call until an instance has answered.</summary>
    public FileReply Ask<TCall>(ref TCall call, out bool wasRepeated)
        where TCall : ICall<TCall>, allows ref struct
    {
        wasRepeated = false;
        while (TryTake(out IFileSystem fileSystem, out uint registration))
        {
            CallResult<FileReply> result = call.Make(fileSystem);
            if (result.TryGet(out FileReply reply) && reply.Status is > FileStatus.None and <= FileStatus.Unavailable)
            {
                return reply;
            }

            if (result.Succeeded)
            {
                ReportBadReply(registration);
            }
            else if (result.Status is not (CallStatus.DomainDied or CallStatus.DomainUnavailable))
            {
                return Refused(result.Status == CallStatus.BadParameter ? FileStatus.BadPath : FileStatus.Unavailable);
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
                ReportBadReply(registration);
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

    private static FileReply Refused(FileStatus status) => new(status, 0, 0, 0, default);

    // Waits while it is being replaced.
    private bool TryTake(out IFileSystem fileSystem, out uint registration)
    {
        while (true)
        {
            lock (_sync)
            {
                fileSystem = _fileSystem!;
                registration = _registrations;
                if (_state is SideState.Absent or SideState.Ready)
                {
                    return _state == SideState.Ready;
                }
            }

            if (rest.Wait(options.PollNanoseconds) == WaitOutcome.Cancelled)
            {
                return false;
            }
        }
    }

    // Only if it is still the one that has answered: the next one is not to be blamed.
    private void ReportBadReply(uint registration)
    {
        lock (_sync)
        {
            if (registration != _registrations || _state != SideState.Ready)
            {
                return;
            }
        }

        faults.Report(new FaultReport
        {
            DomainId = _domainId,
            Kind = FaultKind.BadReply,
            TimeNanoseconds = clock.NowNanoseconds,
            Detail = "answered a call of its file system with what is no answer",
        });
    }

    private bool Serves(uint domainId) => _state != SideState.Absent && _domainId == domainId;

    private void Interrupt()
    {
        if (_state is not (SideState.Absent or SideState.Interrupted))
        {
            _fileSystem = null;
            _state = SideState.Interrupted;
        }
    }
}
