using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What the kernel offers to one instance of the network stack. A bad handle or parameter is only refused here: the wrapper
/// makes a fault of the caller of it, and knows where the call came from.
/// </summary>
/// <param name="shadow">The shadow of the device.</param>
/// <param name="domainId">The domain that the recovery manager knows the extension by.</param>
/// <param name="stack">The instance, as the kernel calls it.</param>
/// <param name="view">How the instance sees the memory of the exchange.</param>
/// <param name="objects">What the instance holds.</param>
public sealed class NetworkStackHostService(
    NetworkDeviceShadow shadow, uint domainId, INetworkStack stack, IExchangeView view, HandleTable objects)
    : INetworkStackHost
{
    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.NetworkStack>> Register()
    {
        if (!objects.TakesRegistrations)
        {
            return CallResult<Handle<TrackedObjects.NetworkStack>>.Failure(CallStatus.NotSupported);
        }

        if (!shadow.Stack.TryRegister(domainId, stack, out uint registration))
        {
            return CallResult<Handle<TrackedObjects.NetworkStack>>.Failure(CallStatus.Busy);
        }

        if (!view.TryOpen())
        {
            shadow.Stack.Unregister(registration);
            return CallResult<Handle<TrackedObjects.NetworkStack>>.Failure(CallStatus.OutOfResources);
        }

        CallResult<Handle<TrackedObjects.NetworkStack>> added =
            objects.Add<TrackedObjects.NetworkStack>(new NetworkStackRegistration(shadow, domainId, registration, view));
        if (added.TryGet(out Handle<TrackedObjects.NetworkStack> handle))
        {
            shadow.Stack.SetHandle(registration, handle);
        }
        else
        {
            view.Close();
            shadow.Stack.Unregister(registration);
        }

        return added;
    }

    /// <inheritdoc/>
    public CallResult<uint> Transmit(Handle<TrackedObjects.NetworkStack> stackHandle, ReadOnlySpan<byte> batch)
    {
        if (!objects.TryResolve(stackHandle, out NetworkStackRegistration _))
        {
            return CallResult<uint>.Failure(CallStatus.BadHandle);
        }

        if (shadow.Device is null)
        {
            return CallResult<uint>.Failure(CallStatus.NotFound);
        }

        return shadow.EnqueueForDriver(batch) is { } queued
            ? CallResult<uint>.Ok(queued)
            : CallResult<uint>.Failure(CallStatus.BadParameter);
    }
}
