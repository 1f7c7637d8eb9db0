using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// Finds extensions that have stopped working without failing: work waits and none is done, or a heartbeat is answered wrongly.
/// (One that is not answered at all is a call that takes too long, which the watchdog ends.) Who is seen to work is not asked
/// until that ends: it answers calls, and one more would be two changes of the domain. Runs on a thread of its own, since a
/// heartbeat may hang.
/// </summary>
/// <param name="faults">Where silence is reported.</param>
/// <param name="describe">Gives the extensions that there are.</param>
/// <param name="heartbeats">Asks one of them.</param>
/// <param name="clock">Time.</param>
/// <param name="options">Bounds.</param>
public sealed class HealthMonitor(
    IFaultSink faults,
    Func<IReadOnlyList<ExtensionStatus>> describe,
    IHeartbeatPort heartbeats,
    IKernelClock clock,
    HealthOptions options)
{
    private readonly List<(IProgressSource Source, ProgressWatch[] Watches)> _sources = [];
    private readonly ProgressSample[] _samples = new ProgressSample[IProgressSource.MaximumSamples];
    private readonly ProgressSample[] _samplesAgain = new ProgressSample[IProgressSource.MaximumSamples];
    private readonly HashSet<uint> _working = [];
    private readonly HashSet<uint> _postponed = [];
    private ulong _nonce;
    private long _nextHeartbeatNanoseconds;

    /// <summary>Watches the extensions of a manager.</summary>
    public HealthMonitor(RecoveryManager manager, IHeartbeatPort heartbeats, IKernelClock clock, HealthOptions options)
        : this(manager, manager.Describe, heartbeats, clock, options)
    {
    }

    /// <summary>Adds something whose work is watched. Done while the system is put together.</summary>
    public void AddSource(IProgressSource source)
    {
        ProgressWatch[] watches = new ProgressWatch[IProgressSource.MaximumSamples];
        int leastLooks = (int)(options.SilenceBoundNanoseconds / options.PeriodNanoseconds);
        for (int index = 0; index < watches.Length; index++)
        {
            watches[index] = new ProgressWatch(options.SilenceBoundNanoseconds, leastLooks);
        }

        _sources.Add((source, watches));
    }

    /// <summary>The monitor's thread. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            RunOnce();
            clock.Sleep(options.PeriodNanoseconds);
        }
    }

    /// <summary>Looks at everything once.</summary>
    public void RunOnce()
    {
        CheckProgress();
        bool isTime = clock.NowNanoseconds >= _nextHeartbeatNanoseconds;
        if (isTime)
        {
            _nextHeartbeatNanoseconds = clock.NowNanoseconds + options.HeartbeatPeriodNanoseconds;
        }

        if (isTime || _postponed.Count != 0)
        {
            CheckHeartbeats(isTime);
        }
    }

    private void CheckProgress()
    {
        ProgressSample[] samples = _samples;
        _working.Clear();
        foreach ((IProgressSource source, ProgressWatch[] watches) in _sources)
        {
            int count = source.Sample(samples);
            for (int index = 0; index < count; index++)
            {
                if (watches[index].IsSilent(samples[index], clock.NowNanoseconds))
                {
                    watches[index].Reset();
                    ReportSilence(source, index, samples[index]);
                }

                if (watches[index].HasMoved)
                {
                    _working.Add(samples[index].DomainId);
                }
            }
        }
    }

    private void ReportSilence(IProgressSource source, int index, ProgressSample silent)
    {
        long milliseconds = ProgressWatch.BoundOf(silent, options.SilenceBoundNanoseconds) / 1_000_000;
        faults.ReportLate(
            silent.DomainId,
            () => IsStillSilent(source, index, silent),
            FaultKind.Silence,
            clock.NowNanoseconds,
            $"{silent.Pending} {silent.What}, none done for {milliseconds} ms");
    }

    private bool IsStillSilent(IProgressSource source, int index, in ProgressSample silent)
    {
        Span<ProgressSample> samples = _samplesAgain;
        return index < source.Sample(samples)
            && samples[index].IsActive
            && (samples[index].DomainId, samples[index].Instance, samples[index].Completed)
                == (silent.DomainId, silent.Instance, silent.Completed);
    }

    private void CheckHeartbeats(bool isTime)
    {
        if (isTime)
        {
            _postponed.Clear();
        }

        foreach (ExtensionStatus extension in describe())
        {
            if (extension.State != ExtensionState.Running || extension.DomainId is not { } domainId)
            {
                continue;
            }

            if (_working.Contains(domainId))
            {
                _postponed.Add(domainId);
                continue;
            }

            if (!_postponed.Remove(domainId) && !isTime)
            {
                continue;
            }

            // Not a constant, so that an answer left over from an earlier call is not taken for this one.
            ulong nonce = ++_nonce * 0x9E37_79B9_7F4A_7C15;
            CallResult<ulong> answer = heartbeats.Heartbeat(domainId, nonce);
            bool isWrong = answer.TryGet(out ulong value)
                ? value != ~nonce
                : answer.Status is not (CallStatus.DomainDied or CallStatus.DomainUnavailable);
            if (isWrong)
            {
                // While the others were asked this one may have been replaced, and the next one not be there yet to answer.
                Report(domainId, extension.Generation, answer.Succeeded ? "answered a heartbeat wrongly" : $"refused a heartbeat: {answer.Status}");
            }
        }
    }

    private void Report(uint domainId, uint instance, string detail) => faults.Report(new FaultReport
    {
        DomainId = domainId,
        Instance = instance,
        Kind = FaultKind.Silence,
        TimeNanoseconds = clock.NowNanoseconds,
        Detail = detail,
    });
}
