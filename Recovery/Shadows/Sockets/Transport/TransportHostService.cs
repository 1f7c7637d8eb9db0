using System;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What the kernel offers to one instance of the stack for sockets. A bad parameter is only refused here: the wrapper makes a
/// fault of the caller of it, and knows where the call came from.
/// </summary>
/// <param name="shadow">The sockets.</param>
/// <param name="domainId">The domain that the recovery manager knows the extension by.</param>
/// <param name="transport">The instance, as the kernel calls it.</param>
/// <param name="window">How the instance sees the connection blocks.</param>
/// <param name="objects">What the instance holds.</param>
public sealed class TransportHostService(
    SocketShadow shadow, uint domainId, ITransport transport, IConnectionWindow window, HandleTable objects)
    : ITransportHost
{
    private bool _isRegistered;

    /// <inheritdoc/>
    public CallResult<ConnectionMemoryDescription> Register()
    {
        if (!objects.TakesRegistrations)
        {
            return CallResult<ConnectionMemoryDescription>.Failure(CallStatus.NotSupported);
        }

        if (!shadow.Transport.TryRegister(domainId, transport, out uint registration))
        {
            return CallResult<ConnectionMemoryDescription>.Failure(CallStatus.Busy);
        }

        ulong address = window.Open();
        if (address == 0)
        {
            shadow.Transport.Unregister(registration);
            return CallResult<ConnectionMemoryDescription>.Failure(CallStatus.OutOfResources);
        }

        CallStatus added = objects.TryAdd(new TransportRegistration(shadow, domainId, registration, window));
        if (added != CallStatus.Ok)
        {
            window.Close();
            shadow.Transport.Unregister(registration);
            return CallResult<ConnectionMemoryDescription>.Failure(added);
        }

        _isRegistered = true;
        return CallResult<ConnectionMemoryDescription>.Ok(new ConnectionMemoryDescription(address, shadow.BlockLimit));
    }

    /// <inheritdoc/>
    public CallResult<AcceptedConnection> AcceptConnection(ushort localPort, uint remoteAddress, ushort remotePort)
        => _isRegistered
            ? shadow.Accept(new ConnectionName(localPort, remoteAddress, remotePort))
            : CallResult<AcceptedConnection>.Failure(CallStatus.BadParameter);

    /// <inheritdoc/>
    public CallResult Signal(ReadOnlySpan<uint> blocks)
    {
        if (!_isRegistered)
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        shadow.Signal(blocks);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<uint> ReceiveDatagrams(ReadOnlySpan<byte> batch)
        => _isRegistered
            ? CallResult<uint>.Ok(shadow.Deliver(batch))
            : CallResult<uint>.Failure(CallStatus.BadParameter);

    /// <inheritdoc/>
    public CallResult Resolved(uint query, uint address, CallStatus outcome)
    {
        if (!_isRegistered)
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        shadow.Answer(query, address, outcome);
        return CallResult.Ok;
    }
}
