using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Agent;

/// <summary>
/// The agent's work: takes a failure, adds it to the history of its extension, decides, answers. The history is in the state
/// store before the answer is given, so that the agent can die at any point and the next instance goes on where it was.
/// </summary>
public sealed class FaultDesk(IRecoveryServices recovery, IStateStore state, Action<string> log)
{
    private readonly Dictionary<uint, FaultHistory> _histories = [];
    private readonly byte[] _buffer = new byte[FaultHistory.MaximumBytes];

    /// <summary>Handles one failure. Anything but <see cref="CallStatus.Ok"/> and <see cref="CallStatus.TimedOut"/> ends the work.</summary>
    public CallStatus HandleNext(long timeoutNanoseconds)
    {
        CallResult<FaultNotification> next = recovery.WaitForFault(timeoutNanoseconds);
        if (!next.TryGet(out FaultNotification fault))
        {
            return next.Status;
        }

        FaultHistory history = GetHistory(fault.DomainId);
        if (history.Add(fault.FaultId, fault.FaultTimeNanoseconds))
        {
            Save(fault.DomainId, history);
        }

        RecoveryDecision decision = RecoveryPolicy.Decide(fault.Policy, history, fault.FaultTimeNanoseconds);
        CallResult answer = recovery.Decide(fault.FaultId, decision.Action, decision.DelayMilliseconds);
        if (answer.Succeeded && decision.Action is RecoveryAction.Replace or RecoveryAction.GiveUp)
        {
            // What comes next, another program or a new order to load, starts with a clean sheet.
            history.Clear();
            Save(fault.DomainId, history);
        }

        if (!answer.Succeeded)
        {
            log($"fault {fault.FaultId}: {decision.Action} came too late or was refused: {answer.Status}");
        }

        return CallStatus.Ok;
    }

    private FaultHistory GetHistory(uint domainId)
    {
        if (!_histories.TryGetValue(domainId, out FaultHistory? history))
        {
            history = state.Load(domainId, _buffer).TryGet(out uint length)
                ? FaultHistory.Read(_buffer.AsSpan(0, (int)length))
                : new FaultHistory();
            _histories.Add(domainId, history);
        }

        return history;
    }

    private void Save(uint domainId, FaultHistory history)
    {
        CallResult saved = state.Save(domainId, _buffer.AsSpan(0, history.Write(_buffer)));
        if (!saved.Succeeded)
        {
            log($"the history of domain {domainId} could not be saved: {saved.Status}");
        }
    }
}
