using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>The system calls of the recovery agent. Only the agent's domain is given this.</summary>
/// <param name="manager">The recovery manager.</param>
/// <param name="clock">Time.</param>
/// <param name="news">Set by the manager when there is something to decide.</param>
public sealed class RecoveryServices(RecoveryManager manager, IKernelClock clock, IKernelSignal news) : IRecoveryServices
{
    /// <inheritdoc/>
    public CallResult<FaultNotification> WaitForFault(long timeoutNanoseconds)
    {
        long start = clock.NowNanoseconds;
        while (true)
        {
            if (manager.Desk.TryTake(out FaultNotification notification))
            {
                return CallResult<FaultNotification>.Ok(notification);
            }

            long left = -1;
            if (timeoutNanoseconds >= 0)
            {
                left = timeoutNanoseconds - (clock.NowNanoseconds - start);
                if (left <= 0)
                {
                    return CallResult<FaultNotification>.Failure(CallStatus.TimedOut);
                }
            }

            if (news.Wait(left) == WaitOutcome.Cancelled)
            {
                return CallResult<FaultNotification>.Failure(CallStatus.Cancelled);
            }
        }
    }

    /// <inheritdoc/>
    public CallResult Decide(uint faultId, RecoveryAction action, uint delayMilliseconds)
    {
        // The agent is a process like any other: its answer is checked, and one that comes too late is not an offence.
        if (!manager.Desk.TryGetDomain(faultId, out uint domainId))
        {
            return CallResult.Failure(CallStatus.NotFound);
        }

        if (action is < RecoveryAction.Restart or > RecoveryAction.GiveUp
            || (action == RecoveryAction.Replace && !HasReplacement(domainId)))
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        uint delay = action == RecoveryAction.RestartAfterDelay ? delayMilliseconds : 0;
        return manager.Answer(faultId, new RecoveryDecision(action, delay))
            ? CallResult.Ok
            : CallResult.Failure(CallStatus.NotFound);
    }

    private bool HasReplacement(uint domainId)
        => manager.TryGetPolicy(domainId, out RecoveryPolicyParameters policy) && policy.HasReplacement;
}
