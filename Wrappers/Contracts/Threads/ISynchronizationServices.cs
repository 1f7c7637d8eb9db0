namespace NooksOS.Contracts;

/// <summary>Kernel locks for extensions. A lock that a dying domain holds is released by the tracker.</summary>
[Contract(10, CallDirection.ExtensionToKernel)]
public interface ISynchronizationServices
{
    /// <summary>Makes a lock.</summary>
    [KeepsMonitor]
    CallResult<Handle<TrackedObjects.Lock>> CreateLock();

    /// <summary>Takes a lock, waiting for it. A thread that holds it already waits for ever, and the watchdog ends that.</summary>
    CallResult AcquireLock(Handle<TrackedObjects.Lock> handle);

    /// <summary>Releases a lock.</summary>
    [KeepsMonitor]
    CallResult ReleaseLock(Handle<TrackedObjects.Lock> handle);

    /// <summary>Makes a timer that calls <see cref="ITimerSink.OnTimer"/> each period.</summary>
    [KeepsMonitor]
    CallResult<Handle<TrackedObjects.Timer>> CreateTimer(long periodNanoseconds);
}
