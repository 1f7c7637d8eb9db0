using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// Makes the machines of one configuration, one at a time. The first is booted, shown to work and kept; those that take the place of one
/// that a trial has destroyed begin where it stood then, which takes a fraction of a boot.
/// </summary>
internal sealed class TrialMachineSource(string isoFile, BootOptions options, TrialDevices devices, CampaignConfiguration configuration) : IDisposable
{
    private static readonly TimeSpan s_bootBound = TimeSpan.FromSeconds(60);

    private TrialSetup? _setup;
    private bool _isKept;

    /// <summary>How long anything may take in a machine that somebody looks at with a debugger.</summary>
    public static TimeSpan DebuggedBound { get; } = TimeSpan.FromHours(12);

    /// <summary>How extensions are isolated.</summary>
    public CampaignConfiguration Configuration => configuration;

    /// <summary>Makes a machine. The one before must be gone.</summary>
    public async Task<TrialMachine> MakeAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource bound = SteadyBound.Start(IsDebugged ? DebuggedBound : s_bootBound, cancellation);
        try
        {
            return await TryRestoreAsync(bound.Token) ?? await BootAsync(bound.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HostException($"a machine was not ready for trials within {s_bootBound.TotalSeconds} s");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _setup?.Dispose();

    private bool IsDebugged => options.DebuggerPort is not null;

    private async Task<TrialMachine?> TryRestoreAsync(CancellationToken cancellation)
    {
        try
        {
            return _isKept ? await TrialMachine.RestoreAsync(isoFile, _setup!, cancellation) : null;
        }
        catch (Exception failure) when (failure is MachineEndedException or HostException && !cancellation.IsCancellationRequested)
        {
            // Whatever is wrong with what was kept, a boot does without.
            _isKept = false;
            return null;
        }
    }

    private async Task<TrialMachine> BootAsync(CancellationToken cancellation)
    {
        _setup?.Dispose();
        _setup = null;
        _setup = await TrialSetup.MakeAsync(configuration.Apply(options), devices, cancellation);
        TrialMachine machine = await TrialMachine.BootAsync(isoFile, _setup, cancellation);
        try
        {
            _isKept = !IsDebugged && await machine.SaveAsync(cancellation);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }
}
