using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>Crashes extensions of a running machine in turn, each time in another way.</summary>
public sealed class Crasher
{
    private const int WaitMilliseconds = 5000;

    private readonly NooksMachine _machine;
    private readonly IReadOnlyList<string> _extensions;
    private readonly IReadOnlyList<string> _kinds;
    private int _turn;

    /// <summary>Crashes the given extensions in all ways that the machine's protection contains.</summary>
    public Crasher(NooksMachine machine, BootOptions options, IReadOnlyList<string> extensions)
    {
        _machine = machine;
        _extensions = extensions;
        _kinds = options.Protection is Protection.Auto or Protection.Ring3 ? CrashKinds.All : CrashKinds.Contained;
    }

    /// <summary>Crashes that the kernel has carried out.</summary>
    public int Crashes { get; private set; }

    /// <summary>A policy that gives up after so many failures would end a demonstration early: this one never does.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        foreach (string extension in _extensions)
        {
            await _machine.RequireAsync($"policy {extension} restart initial=0 maximum=0 faults=0", cancellation);
        }
    }

    /// <summary>
    /// Crashes the next extension. One whose recovery from the last crash still runs refuses, and then it did not happen. A crash that
    /// shows only when there is work to do is waited for, since the next one would take its place.
    /// </summary>
    public async Task CrashNextAsync(CancellationToken cancellation)
    {
        string extension = _extensions[_turn % _extensions.Count];
        string kind = _kinds[_turn / _extensions.Count % _kinds.Count];
        _turn++;
        CommandResult result = await _machine.RunAsync($"crash {extension} {kind}", cancellation);
        Crashes += result.Succeeded ? 1 : 0;
        if (result.Succeeded && kind == CrashKinds.Silent)
        {
            await _machine.RunAsync($"wait recovered {extension} {WaitMilliseconds}", cancellation);
        }
    }

    /// <summary>
    /// Crashes one extension after the other while something is done, and waits for the last recoveries. Where the machine ends, so
    /// does what is done.
    /// </summary>
    /// <param name="interval">How often; null for never.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellation">Ends everything.</param>
    public async Task<T> CrashDuringAsync<T>(TimeSpan? interval, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await PrepareAsync(cancellation);
        using CancellationTokenSource stop = new();
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<T> working = work(both.Token);
        Task crashing = interval is { } time ? RunAsync(time, stop.Token, both.Token) : Task.CompletedTask;
        if (await Task.WhenAny(working, crashing) == crashing && !crashing.IsCompletedSuccessfully)
        {
            // The machine is gone, and nobody would ever end the work.
            await both.CancelAsync();
            await crashing;
        }

        T result = await working;
        await stop.CancelAsync();
        await crashing;
        await SettleAsync(cancellation);
        return result;
    }

    /// <summary>Crashes one extension after the other until told to stop.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken stop, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await CrashNextAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <summary>Waits until the last crashes are recovered. One that is not shows in the records, which are wanted all the more then.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        if (Crashes == 0)
        {
            return;
        }

        foreach (string extension in _extensions)
        {
            await _machine.RunAsync($"wait recovered {extension} {WaitMilliseconds}", cancellation);
        }
    }
}
