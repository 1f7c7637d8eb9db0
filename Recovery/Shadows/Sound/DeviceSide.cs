using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The driver as the shadow knows it: which instance there is, what it was told, and what it has. The lock is never held while the
/// driver is called.
/// </summary>
internal sealed class DeviceSide(Lock sync, StreamMixing mixing, IKernelClock clock, SoundShadowOptions options)
{
    private uint _registrations;
    private IPlaybackStop? _stop;
    private IReadOnlyList<ITrackedMemory> _memory = [];
    private ITrackedMemory? _ringMemory;
    private bool _isHalted;
    private bool _isLost;

    /// <summary>The instance, as the kernel calls it.</summary>
    public ISoundDevice? Driver { get; private set; }

    /// <summary>How the driver and the shadow stand.</summary>
    public SideState State { get; private set; }

    /// <summary>Whether the driver can be asked for something. Used under the lock.</summary>
    public bool Serves => State == SideState.Ready && !_isLost;

    /// <summary>The domain of the driver.</summary>
    public uint DomainId { get; private set; }

    /// <summary>Instances that became ready.</summary>
    public uint Instances { get; private set; }

    /// <summary>Whether users can count on the device: it was ready once, and its driver is there or will come back.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether the device stands at its beginning, or plays.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The ring of the device.</summary>
    public SoundRing Ring { get; private set; }

    /// <summary>The volume of the output stage.</summary>
    public uint Volume { get; set; } = SoundLimits.FullVolume;

    /// <summary>The present run.</summary>
    public PlaybackRun Run { get; } = new();

    /// <summary>Silences that replacing drivers has cost.</summary>
    public SilenceLog Silences { get; } = new(options.RememberedSilences);

    /// <summary>Times that the device ran dry although a stream was not at its end.</summary>
    public ulong Underruns { get; private set; }

    /// <summary>Registers an instance. False if another one is there, or the next one of another driver is to be.</summary>
    /// <param name="domainId">Its domain.</param>
    /// <param name="driver">The instance.</param>
    /// <param name="stop">How its device is stopped without it.</param>
    /// <param name="memory">What it shares with its device.</param>
    /// <param name="registration">Names the instance.</param>
    public bool TryRegister(
        uint domainId, ISoundDevice driver, IPlaybackStop stop, IReadOnlyList<ITrackedMemory> memory, out uint registration)
    {
        lock (sync)
        {
            registration = 0;
            if (State != SideState.Absent && (State != SideState.Interrupted || DomainId != domainId))
            {
                return false;
            }

            DomainId = domainId;
            Driver = driver;
            State = SideState.Registered;
            registration = ++_registrations;
            _stop = stop;
            _memory = memory;
            _ringMemory = null;
            _isHalted = false;
            _isLost = false;
            return true;
        }
    }

    /// <summary>
    /// The instance is dead or gone: stops the device if it plays, at the very frame that the next instance begins with. May be
    /// called twice. True if nobody had said yet that the instance is gone.
    /// </summary>
    public bool Halt(uint registration)
    {
        lock (sync)
        {
            if (registration != _registrations || _isHalted)
            {
                return false;
            }

            bool wasThere = State is not (SideState.Absent or SideState.Interrupted);
            _isHalted = true;
            Interrupt();
            bool wasPlaying = Run.IsPlaying;
            Run.Halt(_stop!.StopAndRead(), Ring.LengthFrames);
            NotePosition();
            if (wasPlaying && mixing.Mixed.Count != 0)
            {
                Silences.Begin(clock.NowNanoseconds);
            }

            Driver = null;
            return wasThere;
        }
    }

    /// <summary>
    /// Stops a device that plays although nothing was heard of it for too long. Whatever keeps its driver from looking after it, it is
    /// not to come round to frames that it has played already. Returns when to look again. Used under the lock.
    /// </summary>
    public long Guard(long nowNanoseconds)
    {
        if (!Run.IsPlaying || _isHalted)
        {
            return long.MaxValue;
        }

        long due = Run.PositionNanoseconds + options.UnseenNanoseconds;
        if (nowNanoseconds < due)
        {
            return due;
        }

        // More than once: a driver that is only late may have been about to start it.
        _stop!.StopAndRead();
        Run.Stall();
        return nowNanoseconds + options.PollNanoseconds;
    }

    public void InstanceStopped(uint domainId)
    {
        lock (sync)
        {
            if (IsOf(domainId))
            {
                Interrupt();
            }
        }
    }

    /// <summary>Tells a fresh instance what its predecessor had been told.</summary>
    public CallStatus InstanceStarted(uint domainId)
    {
        ISoundDevice driver;
        lock (sync)
        {
            if (!IsOf(domainId))
            {
                return CallStatus.Ok;
            }

            if (State != SideState.Registered)
            {
                // The last instance drove a device and this one has not even found it.
                return CallStatus.NotFound;
            }

            driver = Driver!;
            State = SideState.Started;
        }

        CallResult<SoundRing> opened = driver.Open(SoundFormat.Mix);
        CallStatus status = opened.Status == CallStatus.Ok ? driver.SetVolume(Volume).Status : opened.Status;
        if (status != CallStatus.Ok)
        {
            return status;
        }

        lock (sync)
        {
            if (State != SideState.Started || !ReferenceEquals(driver, Driver))
            {
                // It died in the meantime, and whoever noticed has reported it.
                return CallStatus.Ok;
            }

            if (!TryNoteOpened(opened.Value))
            {
                return CallStatus.BadParameter;
            }

            State = SideState.Ready;
            Instances++;
            IsKnown = true;
            return CallStatus.Ok;
        }
    }

    public bool ExtensionGone(uint domainId)
    {
        lock (sync)
        {
            if (!IsOf(domainId))
            {
                return false;
            }

            State = SideState.Absent;
            IsKnown = false;
            Driver = null;
            Silences.Forget();
            return true;
        }
    }

    /// <summary>Takes a report of the driver. False if it cannot be true. Used under the lock.</summary>
    public bool TryNotePosition(uint run, ulong position)
    {
        if (State != SideState.Ready || run != Run.Number || !Run.IsPlaying)
        {
            // It comes from a run that is over.
            return true;
        }

        if (!Run.TryAdvance(position, Ring.LengthFrames, clock.NowNanoseconds))
        {
            return false;
        }

        NotePosition();
        return true;
    }

    /// <summary>The driver has brought the device to its beginning. False if its ring cannot be. Used under the lock.</summary>
    public bool TryNoteOpened(SoundRing ring)
    {
        if (ring.LengthFrames is 0 or > SoundLimits.RingFrames || ring.LengthFrames < options.LeadFrames || ring.PeriodFrames > ring.LengthFrames)
        {
            return false;
        }

        Ring = ring;
        _ringMemory = FindMemory(ring.LengthFrames * SoundFormat.Mix.FrameBytes);
        IsOpen = true;
        Run.Begin(mixing.Mixed.First);
        return true;
    }

    /// <summary>
    /// Whether the ring holds what the driver was given, as far as the device cannot have played it yet: what it has played is made silent.
    /// Used under the lock.
    /// </summary>
    public bool HoldsWhatItWasGiven()
    {
        if (_ringMemory is null)
        {
            return true;
        }

        ulong kept = mixing.Mixed.First - Math.Min(mixing.Mixed.First, Run.First);
        ulong first = Math.Max(kept, Run.GetPossibleFrames(clock.NowNanoseconds));
        ulong? wrong = RingContent.FindLastDifference(_ringMemory.Content, mixing.Mixed, Run, first);

        // Time has passed since: the device may have come by there.
        return wrong is not { } frame || frame < Run.GetPossibleFrames(clock.NowNanoseconds);
    }

    /// <summary>The device was stopped by its driver. Used under the lock.</summary>
    public void NoteStopped(bool isExpected)
    {
        Run.Halt(null, Ring.LengthFrames);
        IsOpen = false;
        Underruns += isExpected ? 0u : 1u;
    }

    /// <summary>
    /// The driver has died or answered with what cannot be, and recovery has not come to it yet: until then it is left alone. Used under
    /// the lock.
    /// </summary>
    public void LoseDriver() => _isLost = true;

    /// <summary>Whether a call that was made for an instance still concerns the present one. Used under the lock.</summary>
    public bool IsCurrent(ISoundDevice driver) => State == SideState.Ready && ReferenceEquals(driver, Driver);

    private bool IsOf(uint domainId) => State != SideState.Absent && DomainId == domainId;

    // The ring is all of a buffer. Where there are several of its length, nobody knows which.
    private ITrackedMemory? FindMemory(uint lengthBytes)
    {
        ITrackedMemory? found = null;
        foreach (ITrackedMemory memory in _memory)
        {
            if ((uint)memory.Content.Length == lengthBytes)
            {
                if (found is not null)
                {
                    return null;
                }

                found = memory;
            }
        }

        return found;
    }

    private void NotePosition() => mixing.NotePlayed(Run.PlayedUntil);

    private void Interrupt()
    {
        State = SideState.Interrupted;
        IsOpen = false;
    }
}
