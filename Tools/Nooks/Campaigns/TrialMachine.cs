using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>A booted machine that trials are run in, one after the other for as long as it proves to be sound.</summary>
internal sealed class TrialMachine : IAsyncDisposable
{
    private const int FailuresLookedAt = 16;
    private const string RequestedStop = "requested";

    private static readonly TimeSpan s_firstWorkBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_commandBound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_workloadBound = TimeSpan.FromSeconds(4);

    // What is asked then is whether it works at all: the host's own retransmissions may have seconds between them by now.
    private static readonly TimeSpan s_afterwardsBound = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_settleStep = TimeSpan.FromMilliseconds(10);
    private const int SettleSteps = 300;
    private const int ProofAttempts = 8;

    private readonly NooksMachine _machine;
    private readonly TrialSetup _setup;
    private readonly ITrialWorkload _workload;
    private readonly TimeSpan _commandBound;
    private int _lastFailure;

    private TrialMachine(NooksMachine machine, TrialSetup setup)
    {
        // Who looks at it with a debugger stops it for as long as he likes.
        _commandBound = setup.Options.DebuggerPort is null ? s_commandBound : TrialMachineSource.DebuggedBound;
        _machine = machine;
        _setup = setup;
        _workload = setup.MakeUsers(new GuestJobs(RunAsync));
    }

    /// <summary>Whether it can be used for another trial: nothing that its users need was destroyed.</summary>
    public bool IsIntact { get; private set; } = true;

    /// <summary>What the kernel has written to its console.</summary>
    public string ConsoleLog => _machine.ConsoleLog;

    /// <summary>Boots a machine and shows that it is sound and works.</summary>
    public static async Task<TrialMachine> BootAsync(string isoFile, TrialSetup setup, CancellationToken cancellation)
    {
        NooksMachine machine = await NooksMachine.StartAsync(isoFile, setup.Options, cancellation);
        return await ProveAsync(new TrialMachine(machine, setup), static (trials, token) => trials.PrepareAsync(token), cancellation);
    }

    /// <summary>Makes a machine that is what another one was when it was saved, and shows that it is sound.</summary>
    public static async Task<TrialMachine> RestoreAsync(string isoFile, TrialSetup setup, CancellationToken cancellation)
    {
        setup.Restore();
        NooksMachine machine = await NooksMachine.RestoreAsync(isoFile, setup.Options, setup.StateFile, cancellation);
        return await ProveAsync(new TrialMachine(machine, setup), static (trials, token) => trials.RequireSoundAsync(token), cancellation);
    }

    /// <summary>Keeps what the machine is. False if it is one that cannot be kept.</summary>
    public Task<bool> SaveAsync(CancellationToken cancellation) => _machine.SaveAsync(_setup.StateFile, _setup.KeepDisk, cancellation);

    /// <summary>Puts the faults of a trial into its extension.</summary>
    public async Task<InjectionStatus> InjectAsync(string extension, string type, int count, long seed, CancellationToken cancellation)
    {
        // Something may have been restarted since the last trial.
        await SettleAsync(cancellation);
        string order = string.Create(CultureInfo.InvariantCulture, $"inject {extension} --type {type} --count {count} --seed {seed} --json");
        return InjectionStatus.Parse((await RequireAsync(order, cancellation)).Output);
    }

    /// <summary>Lets users work with the machine after an injection, makes it whole again and says what was seen.</summary>
    public async Task<TrialObservation> ObserveAsync(string extension, int seed, PhaseClock clock, CancellationToken cancellation)
    {
        WorkloadResult seen = await WorkAsync(s_workloadBound, seed, cancellation);
        clock.End("work");
        IReadOnlyList<DomainInfo> domains = await SettleAsync(cancellation);
        InjectionStatus status = InjectionStatus.Parse((await RequireAsync("inject status --json", cancellation)).Output);
        clock.End("settling");

        // A clean copy, unless the recovery has brought one. Its stop may meet the faults, too.
        if (domains.FirstOrDefault(domain => domain.Extension == extension)?.Generation == status.Generation)
        {
            await RunAsync($"ext reload {extension}", cancellation);
            domains = await SettleAsync(cancellation);
            status = InjectionStatus.Parse((await RequireAsync("inject status --json", cancellation)).Output);
            clock.End("reload");
        }

        IReadOnlyList<FaultRecord> failures = await ReadFailuresAsync(cancellation);
        bool allRun = domains.All(Runs);
        if (!allRun)
        {
            await RunAsync($"ext load {extension}", cancellation);
            await SettleAsync(cancellation);
        }

        clock.End("settling");
        string? loss = await _workload.FindLossAsync(isThorough: false, cancellation);
        bool isClean = seen is { Completed: true, WrongAnswers: 0 } && failures.Count == 0;
        bool worksAfterwards = loss is null && await WorksAsync(isClean, seed, cancellation);
        if (!worksAfterwards)
        {
            loss ??= await _workload.FindLossAsync(isThorough: true, cancellation);
        }

        clock.End("work afterwards");
        IsIntact = loss is null;
        string? damage = await FindDamageAsync(cancellation);
        clock.End("proof");
        return new TrialObservation
        {
            Extension = extension,
            Faults = status.Faults,
            Workload = seen,
            Failures = failures,
            AllRun = allRun,
            WorksAfterwards = worksAfterwards,
            Damage = damage,
            Loss = loss,
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    private static async Task<TrialMachine> ProveAsync(
        TrialMachine trials, Func<TrialMachine, CancellationToken, Task> prove, CancellationToken cancellation)
    {
        try
        {
            await prove(trials, cancellation);
            return trials;
        }
        catch
        {
            await trials.DisposeAsync();
            throw;
        }
    }

    private static bool Runs(DomainInfo domain) => domain.State is "running" or "unloaded";

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        foreach (DomainInfo domain in DomainInfo.ParseAll((await RequireAsync("domains --json", cancellation)).Output))
        {
            await RequireAsync($"policy {domain.Extension} restart initial=0 maximum=0 faults=0", cancellation);
        }

        await RequireAsync("probe on", cancellation);
        WorkloadResult first = await WorkAsync(s_firstWorkBound, seed: 0, cancellation);
        if (!first.Completed || first.WrongAnswers > 0)
        {
            // A machine that is gone has its own way to say so.
            await RequireAsync("domains", cancellation);
            throw new HostException($"the machine does not work without faults: {first.Failure ?? "it did not answer in time"}");
        }

        await RequireSoundAsync(cancellation);
    }

    private async Task RequireSoundAsync(CancellationToken cancellation)
    {
        if (await FindDamageAsync(cancellation) is { } damage)
        {
            throw new HostException($"a kernel without faults is not sound: {damage}");
        }
    }

    // What crashed a moment ago may be on its way back.
    private async Task<IReadOnlyList<DomainInfo>> SettleAsync(CancellationToken cancellation)
    {
        for (int step = 0; ; step++)
        {
            IReadOnlyList<DomainInfo> domains = DomainInfo.ParseAll((await RequireAsync("domains --json", cancellation)).Output);
            if (domains.All(Runs) || step == SettleSteps)
            {
                return domains;
            }

            await Task.Delay(s_settleStep, cancellation);
        }
    }

    private async Task<IReadOnlyList<FaultRecord>> ReadFailuresAsync(CancellationToken cancellation)
    {
        CommandResult result = await RequireAsync($"faults --after {_lastFailure} --last {FailuresLookedAt} --json", cancellation);
        IReadOnlyList<FaultRecord> failures = FaultRecord.ParseAll(result.Output);
        _lastFailure = failures.Count == 0 ? _lastFailure : failures[^1].Id;

        // A reload by hand is on record, too.
        List<FaultRecord> whole = [];
        foreach (FaultRecord failure in failures.Where(failure => failure.Kind != RequestedStop))
        {
            whole.Add(FaultRecord.Parse((await RequireAsync($"faults {failure.Id} --json", cancellation)).Output));
        }

        return whole;
    }

    // The clean instance of a trial without failures is tried by the next trial's users; anything else is looked at now.
    private async Task<bool> WorksAsync(bool isClean, int seed, CancellationToken cancellation)
    {
        if (isClean)
        {
            return true;
        }

        if (await WorksNowAsync(seed, cancellation))
        {
            return true;
        }

        // Frames of any length may have left the machine, and it is not the kernel that is damaged if its network cannot bear that.
        await _machine.FreeNetworkAsync(cancellation);
        return await WorksNowAsync(seed, cancellation);
    }

    private async Task<bool> WorksNowAsync(int seed, CancellationToken cancellation)
        => await WorkAsync(s_afterwardsBound, ~seed, cancellation) is { Completed: true, WrongAnswers: 0 };

    // Users of the network would wait for a machine that is gone until their time is over.
    private async Task<WorkloadResult> WorkAsync(TimeSpan bound, int seed, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<WorkloadResult> work = _workload.RunAsync(bound, seed, stop.Token);
        Task<MachineEnd> end = _machine.WaitForEndAsync(stop.Token);
        bool hasEnded = await Task.WhenAny(work, end) == end && !cancellation.IsCancellationRequested;
        await stop.CancelAsync();
        await Task.WhenAll(work, end).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return hasEnded ? throw new MachineEndedException(await end) : await work;
    }

    private async Task<string?> FindDamageAsync(CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            CommandResult result = await RunAsync("verify --json", cancellation);
            if (result.Succeeded)
            {
                return null;
            }

            if (attempt == ProofAttempts)
            {
                // Whose the things are that are too many.
                CommandResult sockets = await RunAsync("sockets", cancellation);
                return $"{DescribeDamage(result.Output)}\n{sockets.Output}";
            }

            // What somebody is about to release is not lost. Damage does not go away.
            await Task.Delay(s_settleStep * attempt, cancellation);
        }
    }

    private static string DescribeDamage(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return string.Join(", ", document.RootElement.EnumerateArray()
            .Where(check => check.GetProperty("result").GetString() != "ok")
            .Select(check => $"{check.GetProperty("check").GetString()}: {check.GetProperty("detail").GetString()}"));
    }

    private async Task<CommandResult> RunAsync(string command, CancellationToken cancellation)
    {
        using CancellationTokenSource bound = SteadyBound.Start(_commandBound, cancellation);
        return await _machine.RunAsync(command, bound.Token);
    }

    private async Task<CommandResult> RequireAsync(string command, CancellationToken cancellation)
    {
        CommandResult result = await RunAsync(command, cancellation);
        return result.Succeeded ? result : throw new HostException($"the kernel refused '{command}': {result.Output.Trim()}");
    }
}
