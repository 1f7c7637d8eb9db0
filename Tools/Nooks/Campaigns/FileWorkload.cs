using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// Somebody who works with files: removes the last copy of a tree, copies the tree anew and brings it to the medium, and checks every
/// byte of the copy. The kernel's cache is emptied before both, so that what is read has come from the disk through its driver.
/// </summary>
internal sealed class FileWorkload(GuestJobs jobs, FileWorkloadDisk disk) : ITrialWorkload
{
    private const string Name = "files";

    private static readonly TimeSpan s_syncBound = TimeSpan.FromSeconds(3);

    private static readonly string[] s_commands =
    [
        "rm /copy --recursive --force",
        "disk forget disk0",
        $"cp /{FileWorkloadDisk.Tree} /copy --recursive",
        "sync",
        "disk forget disk0",
        "sha256 /copy --json",
    ];

    /// <inheritdoc/>
    public async Task<WorkloadResult> RunAsync(TimeSpan deadline, int seed, CancellationToken cancellation)
    {
        WaitMeter meter = new();
        using CancellationTokenSource bound = SteadyBound.Start(deadline, cancellation);
        int errors = 0;
        string? failure = null;
        try
        {
            while (true)
            {
                CommandResult done = await jobs.RunAsync(Name, s_commands, meter.Answered, bound.Token);

                // What the other commands have printed comes before.
                string last = done.Output.Trim().Split('\n')[^1];
                if (done.Succeeded)
                {
                    bool isRight = GuestDigests.Parse(last).SequenceEqual(disk.Digests);
                    return new WorkloadResult(
                        true, isRight ? 0 : 1, errors, meter.LongestMilliseconds(), isRight ? failure : "a copied file has other bytes");
                }

                errors++;
                failure = last;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WorkloadResult(false, 0, errors, meter.LongestMilliseconds(), failure ?? "a file command did not end");
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FindLossAsync(bool isThorough, CancellationToken cancellation)
    {
        if (!isThorough)
        {
            return await disk.FindLossAsync(isThorough, cancellation);
        }

        await SyncAsync(cancellation);
        return await disk.FindLossAsync(isThorough, cancellation) ?? await FindLockedVolumeAsync();
    }

    // To a volume that a fresh instance found damaged nothing is written any more, so that what was written wrongly stays in the cache.
    private async Task<string?> FindLockedVolumeAsync()
    {
        CommandResult mounted = await jobs.AskAsync("mount --json");
        if (!mounted.Succeeded)
        {
            return null;
        }

        using JsonDocument volumes = JsonDocument.Parse(mounted.Output);
        bool isDamaged = volumes.RootElement.EnumerateArray().Any(volume => volume.GetProperty("state").GetString() == "damaged");
        return isDamaged ? "the machine finds its volume damaged, and writes to it no more" : null;
    }

    // What was written wrongly and is not on the medium yet is lost as well, and not the kernel's fault.
    private async Task SyncAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource bound = SteadyBound.Start(s_syncBound, cancellation);
        try
        {
            await jobs.RunAsync(Name, ["sync"], static () => { }, bound.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // What is there is looked at.
        }
    }
}
