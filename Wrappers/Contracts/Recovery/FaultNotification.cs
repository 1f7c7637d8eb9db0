namespace NooksOS.Contracts;

/// <summary>What the recovery agent is told about a failure.</summary>
/// <param name="FaultId">Names the failure in the answer.</param>
/// <param name="DomainId">The domain that failed.</param>
/// <param name="Kind">How it was detected.</param>
/// <param name="Generation">Which instance of the extension failed, from one.</param>
/// <param name="FaultTimeNanoseconds">When, since boot.</param>
/// <param name="InstanceStartNanoseconds">When that instance was started, since boot.</param>
/// <param name="Policy">What is set for the extension.</param>
public readonly record struct FaultNotification(
    uint FaultId,
    uint DomainId,
    FaultKind Kind,
    uint Generation,
    long FaultTimeNanoseconds,
    long InstanceStartNanoseconds,
    RecoveryPolicyParameters Policy);
