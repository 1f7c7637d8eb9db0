using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>Runs the trials of a plan that are not finished yet, several machines at a time.</summary>
internal static class Campaign
{
    /// <summary>Runs them. Trials that were finished stay finished if this is interrupted.</summary>
    /// <param name="isoFile">The bootable image.</param>
    /// <param name="options">The machine.</param>
    /// <param name="plan">What the campaign consists of.</param>
    /// <param name="log">Its log.</param>
    /// <param name="run">Which part of it, and how.</param>
    /// <param name="report">Told how far it is.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task RunAsync(
        string isoFile, BootOptions options, CampaignPlan plan, TrialLog log, CampaignRun run, Action<string> report, CancellationToken cancellation)
    {
        TrialKey[] keys = [.. plan.Keys(run.Shard, run.Shards)];
        TrialKey[] left = [.. keys.Where(key => !log.Finished.Contains(key))];
        ConcurrentQueue<TrialKey> queue = new(left);
        CampaignProgress progress = new(keys.Length, keys.Length - left.Length);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(Enumerable.Range(0, run.Jobs).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));

        async Task WorkAsync()
        {
            try
            {
                await using TrialRunner runner = new(isoFile, options, plan);
                while (!stop.IsCancellationRequested && queue.TryDequeue(out TrialKey key))
                {
                    TrialRecord record = await runner.RunAsync(key, stop.Token);
                    log.Add(record with { Build = run.Build });
                    report(progress.Count(record.Outcome));
                }
            }
            catch (Exception failure) when (stop.IsCancellationRequested && failure is MachineEndedException or HostException)
            {
                // It was stopped within a boot or a trial, which counts for nothing.
                throw new OperationCanceledException(stop.Token);
            }
            catch
            {
                // What one cannot do, such as boot, the others cannot either.
                await stop.CancelAsync();
                throw;
            }
        }
    }
}
