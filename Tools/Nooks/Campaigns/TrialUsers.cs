using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Campaigns;

/// <summary>All users of a machine, at the same time. What one says who got a wrong answer counts more than what others say.</summary>
internal sealed class TrialUsers(IReadOnlyList<ITrialWorkload> users) : ITrialWorkload
{
    /// <inheritdoc/>
    public async Task<WorkloadResult> RunAsync(TimeSpan deadline, int seed, CancellationToken cancellation)
    {
        WorkloadResult[] results = await Task.WhenAll(users.Select(user => user.RunAsync(deadline, seed, cancellation)));
        return new WorkloadResult(
            results.All(result => result.Completed),
            results.Sum(result => result.WrongAnswers),
            results.Sum(result => result.Errors),
            results.Max(result => result.LongestWaitMilliseconds),
            results.OrderByDescending(result => result.WrongAnswers).Select(result => result.Failure).FirstOrDefault(failure => failure is not null));
    }

    /// <inheritdoc/>
    public async Task<string?> FindLossAsync(bool isThorough, CancellationToken cancellation)
    {
        string?[] losses = await Task.WhenAll(users.Select(user => user.FindLossAsync(isThorough, cancellation)));
        return losses.FirstOrDefault(loss => loss is not null);
    }
}
