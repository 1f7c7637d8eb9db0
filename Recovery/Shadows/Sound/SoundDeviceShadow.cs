using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Stands between a sound driver and those who play something, so that they do not notice when the driver dies.
/// <para>
/// It mixes their streams, and keeps every mixed frame until the device is known to have played it. When the driver dies the
/// kernel stops the device itself and reads at which frame; the next driver is given the frames from there on. So a death is a
/// moment of silence, and no frame is lost, repeated or changed by it.
/// </para>
/// <para>
/// Use: give a <see cref="SoundDeviceHostService"/> to each instance of a driver and a <see cref="SoundServices"/> to each
/// instance that may play something; add the shadow to the recovery manager; and let one kernel thread run <see cref="Run"/> and
/// another <see cref="RunGuard"/>. Only the first calls the driver, apart from the recovery thread while the driver starts, so it
/// may be stuck there while the second looks.
/// </para>
/// </summary>
public sealed class SoundDeviceShadow : IRecoveryParticipant, IProgressSource
{
    private const int StepsPerPump = 64;

    private readonly Lock _sync = new();
    private readonly WorkTurns _work;
    private readonly IKernelSignal _started;
    private readonly SoundShadowOptions _options;
    private readonly StreamMixing _mixing;
    private readonly SoundDriverCalls _calls;
    private readonly byte[] _piece = new byte[SoundLimits.CallBytes];
    private uint _streams;

    /// <param name="clock">Time.</param>
    /// <param name="work">Wakes the thread that serves the driver.</param>
    /// <param name="makeSignal">Makes a signal for one waiting thread. Signals are kept and used again.</param>
    /// <param name="faults">Where a broken contract is reported.</param>
    /// <param name="options">Bounds.</param>
    public SoundDeviceShadow(
        IKernelClock clock, IKernelSignal work, Func<IKernelSignal> makeSignal, IFaultSink faults, SoundShadowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Clock = clock;
        Faults = faults;
        _work = new WorkTurns(work);
        _started = makeSignal();
        _options = options;
        _mixing = new StreamMixing(options);
        Device = new DeviceSide(_sync, _mixing, clock, options);
        _calls = new SoundDriverCalls(_sync, Device, _mixing, clock, _started, faults);
        Calls = new WaitingCalls(_sync, clock, makeSignal);
    }

    /// <summary>The volume of everything, up to <see cref="SoundLimits.FullVolume"/>; for what is not mixed yet.</summary>
    public uint MasterVolume
    {
        get
        {
            lock (_sync)
            {
                return _mixing.MasterVolume;
            }
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, SoundLimits.FullVolume);
            lock (_sync)
            {
                _mixing.MasterVolume = value;
            }
        }
    }

    internal IKernelClock Clock { get; }

    internal IFaultSink Faults { get; }

    internal DeviceSide Device { get; }

    internal WaitingCalls Calls { get; }

    /// <summary>How everything stands.</summary>
    public SoundStatus Describe()
    {
        lock (_sync)
        {
            List<SoundStreamStatus> streams = [];
            foreach (SoundStream stream in _mixing.Streams)
            {
                streams.Add(new SoundStreamStatus(
                    stream.Number, stream.Owner, stream.Volume, stream.Frames.End, PlayedOf(stream), stream.Frames.Count));
            }

            return new SoundStatus(
                Device.IsKnown,
                Device.State == SideState.Ready,
                Device.Run.IsPlaying,
                Device.Ring,
                Device.Instances,
                _mixing.MasterVolume,
                _mixing.Mixed.First,
                _mixing.Mixed.Count,
                Device.Underruns,
                Device.Silences.Durations,
                streams);
        }
    }

    /// <inheritdoc/>
    public void InstanceStopped(uint domainId) => Device.InstanceStopped(domainId);

    /// <inheritdoc/>
    public CallStatus InstanceStarted(uint domainId)
    {
        CallStatus status = Device.InstanceStarted(domainId);
        _work.Set();
        return status;
    }

    /// <inheritdoc/>
    public void ExtensionGone(uint domainId)
    {
        if (Device.ExtensionGone(domainId))
        {
            lock (_sync)
            {
                foreach (SoundStream stream in _mixing.Streams)
                {
                    stream.Waiters.WakeAll();
                }
            }
        }
    }

    /// <inheritdoc/>
    public int Sample(Span<ProgressSample> samples)
    {
        bool isHeldUp = _work.WasHeldUp();
        lock (_sync)
        {
            samples[0] = new ProgressSample
            {
                DomainId = Device.DomainId,
                Instance = Device.Instances,
                What = "frames given to the driver",
                IsActive = Device.State == SideState.Ready && Device.Run.IsPlaying,
                IsHeldUp = isHeldUp,
                Pending = Device.Run.Outstanding,
                Completed = Device.Run.Position,
            };
            return 1;
        }
    }

    /// <summary>The thread that serves the driver. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            long next = Pump();
            _work.Wait(next == long.MaxValue ? -1 : Math.Max(0, next - Clock.NowNanoseconds));
        }
    }

    /// <summary>The thread that stops a device which nobody looks after. Does not return.</summary>
    public void RunGuard()
    {
        while (true)
        {
            long next = Guard();
            _started.Wait(next == long.MaxValue ? -1 : Math.Max(0, next - Clock.NowNanoseconds));
        }
    }

    /// <summary>
    /// Stops the device if it plays and nothing was heard of it for too long. Returns when to look again (<see cref="long.MaxValue"/>:
    /// when it is started).
    /// </summary>
    public long Guard()
    {
        lock (_sync)
        {
            return Device.Guard(Clock.NowNanoseconds);
        }
    }

    /// <summary>
    /// Mixes and gives the driver what it can take now. Returns when there is something to do although nothing happens
    /// (<see cref="long.MaxValue"/>: never).
    /// </summary>
    public long Pump()
    {
        _work.BeginTurn();
        for (int steps = 0; steps < StepsPerPump; steps++)
        {
            SoundStep step;
            ISoundDevice? driver;
            int bytes = 0;
            lock (_sync)
            {
                _mixing.Mix();
                step = NextStep(Clock.NowNanoseconds);
                driver = Device.Driver;
                if (step == SoundStep.Submit)
                {
                    bytes = (int)(_mixing.Mixed.CopyFrom(Device.Run.NextFrame, _piece) * SoundFormat.Mix.FrameBytes);
                }
                else if (step == SoundStep.Start)
                {
                    Device.Run.Start(Clock.NowNanoseconds);
                }
            }

            if (step == SoundStep.None)
            {
                break;
            }

            if (!_calls.TryTake(step, driver!, _piece.AsSpan(0, bytes)))
            {
                break;
            }
        }

        _work.EndTurn();
        lock (_sync)
        {
            return NextTime();
        }
    }

    internal SoundStream? TryOpen(string owner)
    {
        lock (_sync)
        {
            if (!Device.IsKnown || _mixing.Streams.Count >= _options.MaximumStreams)
            {
                return null;
            }

            SoundStream stream = new(this, ++_streams, owner, _options.StreamFrames);
            _mixing.Add(stream);
            return stream;
        }
    }

    /// <summary>Takes a stream back. What is mixed of it is played.</summary>
    internal void Close(SoundStream stream)
    {
        lock (_sync)
        {
            stream.IsClosed = true;
            _mixing.Remove(stream);
            stream.Waiters.WakeAll();
        }

        _work.Set();
    }

    internal void SetVolume(SoundStream stream, uint volume)
    {
        lock (_sync)
        {
            stream.Volume = volume;
        }
    }

    internal ulong GetPosition(SoundStream stream)
    {
        lock (_sync)
        {
            return PlayedOf(stream);
        }
    }

    /// <summary>Something was written, or nothing more will be.</summary>
    internal void Kick() => _work.Set();

    /// <summary>Whether the last frame of a stream was played. Used under the lock.</summary>
    internal bool IsPlayed(SoundStream stream) => stream.Frames.Count == 0 && stream.MixedUntil <= _mixing.Mixed.First;

    /// <summary>The driver says how far the device is. False if it cannot be.</summary>
    internal bool ReportPosition(uint run, ulong position)
    {
        bool possible;
        lock (_sync)
        {
            possible = Device.TryNotePosition(run, position);
        }

        _work.Set();
        return possible;
    }

    private ulong PlayedOf(SoundStream stream)
        => stream.Frames.First - Math.Min(stream.Frames.First, stream.MixedUntil - Math.Min(stream.MixedUntil, _mixing.Mixed.First));

    private SoundStep NextStep(long now)
    {
        PlaybackRun run = Device.Run;
        if (!Device.Serves)
        {
            return SoundStep.None;
        }

        if (!Device.IsOpen)
        {
            return SoundStep.Open;
        }

        if (run.IsPlaying && (run.Outstanding == 0 || run.IsStalled))
        {
            return SoundStep.Stop;
        }

        if (!run.IsClosed && run.NextFrame < _mixing.Mixed.End)
        {
            return SoundStep.Submit;
        }

        if (!run.IsPlaying && run.Submitted != 0 && IsWorthStarting(now))
        {
            return SoundStep.Start;
        }

        return run.IsPlaying && now >= NextQuestion(run) ? SoundStep.GetPosition : SoundStep.None;
    }

    private bool IsWorthStarting(long now)
        => Device.Run.Submitted >= _options.StartFrames || !_mixing.ExpectsMore
            || now >= Device.Run.SubmittedNanoseconds + _options.StartGraceNanoseconds;

    private long NextQuestion(PlaybackRun run)
    {
        // When it should be at the end of what it has, or when it has said nothing for too long.
        long dry = (long)(run.Outstanding * 1_000_000_000 / SoundFormat.Mix.FramesPerSecond);
        return run.PositionNanoseconds + Math.Min(dry, _options.PollNanoseconds);
    }

    private long NextTime()
    {
        PlaybackRun run = Device.Run;
        if (!Device.Serves || !Device.IsOpen || run.Submitted == 0)
        {
            return long.MaxValue;
        }

        return run.IsPlaying ? NextQuestion(run) : run.SubmittedNanoseconds + _options.StartGraceNanoseconds;
    }
}
