using NooksOS.Contracts;

namespace NooksOS.Isolation;

/// <summary>Locks and timers of a domain.</summary>
public sealed unsafe class SynchronizationServices(Domain domain) : ISynchronizationServices
{
    private readonly Domain _domain = domain;

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.Lock>> CreateLock()
    {
        CallResult<Handle<TrackedObjects.Lock>> result = _domain.Objects.Add<TrackedObjects.Lock>(new DomainLock());
        if (result.Status == CallStatus.QuotaExceeded)
        {
            DomainFaults.Report(_domain.Control, FaultKind.QuotaExceeded, 0, (ulong)TrackedKind.Lock);
        }

        return result;
    }

    /// <inheritdoc/>
    public CallResult AcquireLock(Handle<TrackedObjects.Lock> handle)
    {
        if (!TryResolve(handle, out DomainLock held))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        return held.Acquire() ? CallResult.Ok : CallResult.Failure(CallStatus.Cancelled);
    }

    /// <inheritdoc/>
    public CallResult ReleaseLock(Handle<TrackedObjects.Lock> handle)
    {
        if (!TryResolve(handle, out DomainLock held))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        if (!held.TryRelease())
        {
            DomainFaults.Report(_domain.Control, FaultKind.BadParameter, 0, handle.Slot);
            return CallResult.Failure(CallStatus.BadParameter);
        }

        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.Timer>> CreateTimer(long periodNanoseconds)
        => DomainTimer.Create(_domain, periodNanoseconds);

    private bool TryResolve(Handle<TrackedObjects.Lock> handle, out DomainLock held)
    {
        bool found = _domain.Objects.TryResolve(handle, out held);
        if (!found)
        {
            DomainFaults.Report(_domain.Control, FaultKind.BadHandle, 0, ((ulong)handle.Generation << 32) | handle.Slot);
        }

        return found;
    }
}
