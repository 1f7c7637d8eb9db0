using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>Runs trials, and takes another machine where the last one is no longer fit for the next.</summary>
internal sealed class TrialRunner(string isoFile, BootOptions options, CampaignPlan plan) : IAsyncDisposable
{
    // Enough for whoever ends emulators at random. Where none lives long enough, the host has too little memory.
    private const int MostKills = 20;

    private TrialMachineSource? _source;
    private TrialMachine? _machine;

    /// <summary>The console of the machine that ran the last trial.</summary>
    public string LastConsole { get; private set; } = string.Empty;

    /// <summary>
    /// Runs one trial. One whose emulator failed is run once more, and what it does then is its result. One whose emulator somebody else has
    /// ended is run again: that says nothing of the faults.
    /// </summary>
    public async Task<TrialRecord> RunAsync(TrialKey key, CancellationToken cancellation)
    {
        for (int failures = 0, kills = 0; ;)
        {
            try
            {
                return await TryRunAsync(key, isLast: failures > 0, cancellation);
            }
            catch (MachineEndedException failure) when (IsEmulators(failure.End) && !cancellation.IsCancellationRequested)
            {
                await DropMachineAsync();
                failures += failure.End.Kind == MachineEndKind.EmulatorFailed ? 1 : 0;
                kills += failure.End.Kind == MachineEndKind.EmulatorKilled ? 1 : 0;
                if (failures > 1 || kills > MostKills)
                {
                    throw;
                }
            }
        }
    }

    private async Task<TrialRecord> TryRunAsync(TrialKey key, bool isLast, CancellationToken cancellation)
    {
        PhaseClock clock = new();
        TrialMachine machine = await MachineForAsync(key.Configuration, cancellation);
        clock.End("boot");
        long seed = key.SeedFor(plan.Seed);
        TrialRecord record = new()
        {
            Extension = key.Extension,
            Mode = key.Configuration.Mode,
            Protection = key.Configuration.Protection,
            Trial = key.Trial,
            Seed = seed,
            Type = plan.TypeOf(key),
        };
        InjectionStatus? injected = null;
        try
        {
            injected = await machine.InjectAsync(key.Extension, record.Type, plan.FaultsPerTrial, seed, cancellation);
            clock.End("injection");
            TrialObservation seen = await machine.ObserveAsync(key.Extension, (int)(seed & 0xFFFF), clock, cancellation);
            record = Complete(record with { InjectedMilliseconds = injected.Milliseconds }, seen);
        }
        catch (MachineEndedException failure) when (!cancellation.IsCancellationRequested && IsResult(failure.End, isLast))
        {
            record = record with
            {
                Faults = injected?.Faults ?? [],
                Outcome = failure.End.Kind switch
                {
                    MachineEndKind.Panic => TrialOutcome.KernelPanic,
                    MachineEndKind.EmulatorFailed => TrialOutcome.EmulatorFailed,
                    _ => TrialOutcome.KernelHang,
                },
                Detail = Describe(failure.End),
            };
        }
        catch (HostException failure) when (!cancellation.IsCancellationRequested)
        {
            // The kernel answers, but not with what was asked for.
            record = record with { Faults = injected?.Faults ?? [], Outcome = TrialOutcome.KernelDamage, Detail = failure.Message };
        }

        LastConsole = machine.ConsoleLog;
        if (record.Outcome >= TrialOutcome.EmulatorFailed || !machine.IsIntact)
        {
            await DropMachineAsync();
        }

        clock.End("end");
        return record with { HostSeconds = clock.Total, PhaseSeconds = clock.Seconds };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DropMachineAsync();
        _source?.Dispose();
    }

    private static bool IsEmulators(MachineEnd end) => end.Kind is MachineEndKind.EmulatorFailed or MachineEndKind.EmulatorKilled;

    private static bool IsResult(MachineEnd end, bool isLast)
        => !IsEmulators(end) || (end.Kind == MachineEndKind.EmulatorFailed && isLast);

    private static TrialRecord Complete(TrialRecord record, TrialObservation seen)
    {
        FaultRecord? first = seen.Failures.FirstOrDefault(failure => failure.Extension == record.Extension) ?? seen.Failures.FirstOrDefault();
        return record with
        {
            Faults = seen.Faults,
            Activated = seen.Faults.Count(fault => fault.Activated),
            Outcome = TrialJudge.Judge(seen),
            DetectedBy = first?.Kind,
            Complaint = first?.Detail,
            DetectedMilliseconds = first?.TimeMilliseconds,
            FailedIn = first?.Function,
            DetectionMilliseconds = first is not null && DetectionLatency.Reached(seen.Faults, first) is { } reached
                ? Math.Round(DetectionLatency.Milliseconds(reached, record.InjectedMilliseconds, first.TimeMilliseconds), 3)
                : null,
            RecoveryMilliseconds = first?.RecoveryMilliseconds,
            RecoverySteps = first?.Steps ?? [],
            Failures = seen.Failures.Count,
            FailuresElsewhere = seen.Failures.Count(failure => failure.Extension != record.Extension),
            Workload = seen.Workload,
            Detail = seen.Damage ?? seen.Loss ?? (seen.WorksAfterwards ? null : "the system does not work after a reload"),
        };
    }

    // Why a kernel panicked is said first; why it hung may be said by any of its threads.
    private static string Describe(MachineEnd end)
    {
        const int Shown = 12;
        IEnumerable<string> lines = end.Details.Split('\n').Where(line => line.Length > 0);
        return string.Join('\n', (end.Kind == MachineEndKind.Hang ? lines : lines.Take(Shown)).Prepend(end.Describe()));
    }

    private async Task<TrialMachine> MachineForAsync(CampaignConfiguration configuration, CancellationToken cancellation)
    {
        if (_source is not null && _source.Configuration != configuration)
        {
            await DropMachineAsync();
            _source.Dispose();
            _source = null;
        }

        _source ??= new TrialMachineSource(isoFile, options, TrialDevices.For(plan.Extensions), configuration);
        return _machine ??= await _source.MakeAsync(cancellation);
    }

    private async Task DropMachineAsync()
    {
        if (_machine is not null)
        {
            await _machine.DisposeAsync();
            _machine = null;
        }
    }
}
