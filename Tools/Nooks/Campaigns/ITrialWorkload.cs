using System;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Campaigns;

/// <summary>Users of a machine, who check everything that they get.</summary>
internal interface ITrialWorkload
{
    /// <summary>Lets them work once.</summary>
    /// <param name="deadline">How long they may take.</param>
    /// <param name="seed">Chooses what they do.</param>
    /// <param name="cancellation">Ends it early.</param>
    Task<WorkloadResult> RunAsync(TimeSpan deadline, int seed, CancellationToken cancellation);

    /// <summary>What its user had before, and something has destroyed, whoever works with the machine from now on; null if nothing.</summary>
    /// <param name="isThorough">Whether there is a reason to look closely.</param>
    /// <param name="cancellation">Ends it early.</param>
    Task<string?> FindLossAsync(bool isThorough, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
