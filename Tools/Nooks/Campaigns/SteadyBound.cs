using System;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// Ends what takes too long, as far as that can be told: the time is waited for in short steps, so that a host which does not run this
/// process, and its machines as little, does not make a kernel look hung.
/// </summary>
internal static class SteadyBound
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    /// <summary>Cancels after a time, unless it is disposed before.</summary>
    public static CancellationTokenSource Start(TimeSpan bound, CancellationToken cancellation)
    {
        CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = CancelLaterAsync(end, (long)(bound / s_step), end.Token);
        return end;
    }

    private static async Task CancelLaterAsync(CancellationTokenSource end, long steps, CancellationToken isOver)
    {
        try
        {
            while (steps-- > 0)
            {
                await Task.Delay(s_step, isOver);
            }

            await end.CancelAsync();
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
            // It was not needed.
        }
    }
}
