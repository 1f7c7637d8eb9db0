using System;

namespace NooksOS.Recovery;

/// <summary>
/// Sees an extension whose start does not end while another one waits to be replaced. Only one thread replaces extensions, and it is in that start:
/// a file system that waits for its disk there, whose driver has died meanwhile, would wait for ever. So it is ended, and comes after the other.
/// </summary>
/// <param name="registry">The extensions.</param>
/// <param name="collectFaults">Takes up failures that were left for the thread that is in the start.</param>
/// <param name="clock">Time.</param>
internal sealed class StartsThatHoldUp(ExtensionRegistry registry, Action collectFaults, IKernelClock clock) : IProgressSource
{
    // Most starts take a hundredth of that, and have nothing to do with the other: it can wait a little.
    private const int PatientLooks = 20;

    private uint _domainId;
    private uint _generation;
    private int _looks;

    /// <inheritdoc/>
    public int Sample(Span<ProgressSample> samples)
    {
        collectFaults();
        lock (registry.Sync)
        {
            ManagedExtension? starting = null;
            uint waiting = 0;
            foreach (ManagedExtension extension in registry.All)
            {
                starting = extension.State is ExtensionState.Loading or ExtensionState.Restarting ? extension : starting;
                waiting += IsWaiting(extension) ? 1u : 0;
            }

            bool isSame = starting is not null && waiting != 0 && (starting.DomainId, starting.Generation) == (_domainId, _generation);
            _looks = isSame ? _looks + 1 : 0;
            _domainId = starting?.DomainId ?? 0;
            _generation = starting?.Generation ?? 0;
            samples[0] = new ProgressSample
            {
                DomainId = _domainId,
                Instance = _generation,
                What = "failed extensions that wait for the end of its start",
                IsActive = _looks > PatientLooks,
                Pending = waiting,
            };
            return 1;
        }
    }

    private bool IsWaiting(ManagedExtension extension)
        => extension.State switch
        {
            ExtensionState.Failed => extension.PendingReport is not null,
            ExtensionState.WaitingForDecision => true,
            ExtensionState.Delayed => clock.NowNanoseconds >= extension.DeadlineNanoseconds,
            _ => false,
        };
}
