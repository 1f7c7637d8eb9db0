namespace NooksOS.Contracts;

/// <summary>System calls of the user-mode recovery agent.</summary>
[Contract(12, CallDirection.ExtensionToKernel)]
public interface IRecoveryServices
{
    /// <summary>
    /// Waits for the next failure that nobody has decided on. A failure whose agent died before it decided is given out again.
    /// </summary>
    CallResult<FaultNotification> WaitForFault(long timeoutNanoseconds);

    /// <summary>Orders what to do about a failure.</summary>
    CallResult Decide(uint faultId, RecoveryAction action, uint delayMilliseconds);
}
