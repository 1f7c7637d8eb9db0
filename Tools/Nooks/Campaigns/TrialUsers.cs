using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Campaigns;

/// <summary>All users of a machine: those of its network, and at the same time those who give it commands, one after the other.</summary>
internal sealed class TrialUsers(ITrialWorkload network, IReadOnlyList<ITrialWorkload> commanding) : ITrialWorkload
{
    /// <inheritdoc/>
    public async Task<WorkloadResult> RunAsync(TimeSpan deadline, int seed, CancellationToken cancellation)
    {
        Task<WorkloadResult> outside = network.RunAsync(deadline, seed, cancellation);
        List<WorkloadResult> results = [];
        foreach (ITrialWorkload workload in commanding)
        {
            results.Add(await workload.RunAsync(deadline, seed, cancellation));
        }

        results.Add(await outside);
        return new WorkloadResult(
            results.All(result => result.Completed),
            results.Sum(result => result.WrongAnswers),
            results.Sum(result => result.Errors),
            results.Max(result => result.LongestWaitMilliseconds),
            results.Select(result => result.Failure).FirstOrDefault(failure => failure is not null));
    }
}
