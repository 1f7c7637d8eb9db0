using System.Threading;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>How a command waits for a recovery.</summary>
internal static class RecoveryWait
{
    /// <summary>How long it waits if nobody says.</summary>
    public const long DefaultMilliseconds = 5000;

    /// <summary>The longest it can be told to wait: an hour.</summary>
    public const long MaximumMilliseconds = 3_600_000;

    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long SliceMilliseconds = 100;

    /// <summary>Waits until the next recovery of an extension has ended.</summary>
    /// <exception cref="CommandFailureException">It has not recovered in time, or will not.</exception>
    /// <exception cref="System.OperationCanceledException">The user has stopped the command.</exception>
    public static void Run(RecoveryManager manager, string name, long boundMilliseconds, CancellationToken cancellation)
    {
        for (long left = boundMilliseconds; ; left -= SliceMilliseconds)
        {
            // In slices, so that Ctrl-C is noticed.
            cancellation.ThrowIfCancellationRequested();
            long slice = long.Clamp(left, 0, SliceMilliseconds);
            switch (manager.WaitRecovered(name, slice * NanosecondsPerMillisecond))
            {
                case RecoveryWaitResult.Done:
                    return;
                case RecoveryWaitResult.TimedOut when left <= SliceMilliseconds:
                    throw new CommandFailureException($"{name} has not recovered within {boundMilliseconds} ms; it is {State(manager, name)}");
                case RecoveryWaitResult.TimedOut:
                    break;
                default:
                    throw new CommandFailureException($"{name} has not recovered: it is {State(manager, name)}");
            }
        }
    }

    private static string State(RecoveryManager manager, string name)
        => manager.Describe(name) is { } extension ? Words.Of(extension.State) : "gone";
}
