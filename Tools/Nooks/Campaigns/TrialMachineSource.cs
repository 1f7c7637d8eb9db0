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
    private static readonly TimeSpan s_debuggedBound = TimeSpan.FromHours(12);

    private TrialSetup? _setup;
    private bool _isKept;

    /// <summary>How extensions are isolated.</summary>
    public CampaignConfiguration Configuration => configuration;

    /// <summary>Makes a machine. The one before must be gone.</summary>
    public async Task<TrialMachine> MakeAsync(CancellationToken cancellation)
    {
        bool isDebugged = options.DebuggerPort is not null;
        using CancellationTokenSource bound = SteadyBound.Start(isDebugged ? s_debuggedBound : s_bootBound, cancellation);
        if (_isKept)
        {
            try
            {
                return await TrialMachine.RestoreAsync(isoFile, _setup!, bound.Token);
            }
            catch (Exception failure) when (failure is MachineEndedException or HostException && !cancellation.IsCancellationRequested)
            {
                // Whatever is wrong with what was kept, a boot does without.
                _isKept = false;
            }
        }

        _setup?.Dispose();
        _setup = null;
        _setup = await TrialSetup.MakeAsync(configuration.Apply(options), devices, bound.Token);
        TrialMachine machine = await TrialMachine.BootAsync(isoFile, _setup, bound.Token);
        try
        {
            _isKept = !isDebugged && await machine.SaveAsync(bound.Token);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _setup?.Dispose();
}
