using System;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Sockets of one owner: an instance of an extension, a process, or the kernel's own threads. A bad handle or parameter is only
/// refused here: the wrapper makes a fault of the caller of it, and knows where the call came from.
/// </summary>
/// <param name="shadow">The sockets.</param>
/// <param name="domainId">The domain that the recovery manager knows the owner by; zero is the kernel.</param>
/// <param name="name">The owner, for tables.</param>
/// <param name="objects">What the owner holds.</param>
public sealed class SocketServices(SocketShadow shadow, uint domainId, string name, HandleTable objects) : ISocketServices
{
    private readonly SocketOwner _owner = new(domainId, name);
    private ulong _transferredBytes;

    /// <summary>Bytes of connections that the owner has sent and received.</summary>
    public ulong TransferredBytes => Volatile.Read(ref _transferredBytes);

    /// <inheritdoc/>
    public CallResult<Handle<TrackedObjects.Socket>> Create(SocketKind kind)
    {
        ulong sizeBytes = kind == SocketKind.Datagram ? shadow.DatagramQueueBytes : 0;
        return Hold(new Socket(shadow, _owner, kind, sizeBytes));
    }

    /// <inheritdoc/>
    public CallResult<ushort> Bind(Handle<TrackedObjects.Socket> socket, uint address, ushort port)
    {
        if (!objects.TryResolve(socket, out Socket bound))
        {
            return CallResult<ushort>.Failure(CallStatus.BadHandle);
        }

        ushort taken;
        lock (shadow.Sync)
        {
            if (bound.IsClosed || bound.BoundPort != 0 || bound.Connection is not null)
            {
                return CallResult<ushort>.Failure(CallStatus.NotSupported);
            }

            taken = bound.Carries == SocketKind.Stream ? shadow.Streams.Bind(bound, port) : shadow.Datagrams.Bind(bound, port);
        }

        shadow.Wake();
        return taken != 0 ? CallResult<ushort>.Ok(taken) : CallResult<ushort>.Failure(CallStatus.AddressInUse);
    }

    /// <inheritdoc/>
    public CallResult Listen(Handle<TrackedObjects.Socket> socket, uint backlog)
    {
        if (!objects.TryResolve(socket, out Socket listener))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        lock (shadow.Sync)
        {
            if (listener.IsClosed || listener.Carries != SocketKind.Stream || listener.Connection is not null
                || (listener.BoundPort == 0 && shadow.Streams.Bind(listener, 0) == 0))
            {
                return CallResult.Failure(CallStatus.NotSupported);
            }

            if (!shadow.Streams.TryListen(listener, backlog))
            {
                return CallResult.Failure(CallStatus.AddressInUse);
            }

            if (listener.Readiness != SocketEvents.None)
            {
                // Connections that waited while the last instance was dead.
                _owner.Raise(listener, SocketEvents.Acceptable);
            }
        }

        shadow.Wake();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<AcceptedSocket> Accept(Handle<TrackedObjects.Socket> socket, long timeoutNanoseconds)
    {
        if (!objects.TryResolve(socket, out Socket listener))
        {
            return CallResult<AcceptedSocket>.Failure(CallStatus.BadHandle);
        }

        AcceptCall call = new(listener);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        if (status != CallStatus.Ok)
        {
            return CallResult<AcceptedSocket>.Failure(status);
        }

        Connection connection = call.Accepted!;
        Socket accepted = new(shadow, _owner, SocketKind.Stream);
        CallResult<Handle<TrackedObjects.Socket>> held = Hold(accepted);
        if (!held.TryGet(out Handle<TrackedObjects.Socket> handle))
        {
            shadow.Use.TakeBack(connection, call.Listener!, ownerIsStopped: held.Status == CallStatus.Cancelled);
            return CallResult<AcceptedSocket>.Failure(held.Status);
        }

        shadow.Use.Give(connection, accepted);
        return CallResult<AcceptedSocket>.Ok(
            new AcceptedSocket(handle, connection.Name.RemoteAddress, connection.Name.RemotePort));
    }

    /// <inheritdoc/>
    public CallResult Connect(Handle<TrackedObjects.Socket> socket, uint address, ushort port, long timeoutNanoseconds)
    {
        if (!objects.TryResolve(socket, out Socket connecting))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        if (address == 0 || port == 0)
        {
            return CallResult.Failure(CallStatus.Unreachable);
        }

        if (connecting.Carries == SocketKind.Datagram)
        {
            return CallResult.Failure(shadow.Messages.SetPeer(connecting, address, port));
        }

        CallStatus begun = shadow.Use.Begin(connecting, address, port);
        if (begun != CallStatus.Ok)
        {
            return CallResult.Failure(begun);
        }

        ConnectCall call = new(connecting);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        if (status == CallStatus.TimedOut)
        {
            shadow.Use.GiveUp(connecting);
        }

        return CallResult.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult<uint> Send(Handle<TrackedObjects.Socket> socket, ReadOnlySpan<byte> bytes, long timeoutNanoseconds)
    {
        if (!objects.TryResolve(socket, out Socket sender))
        {
            return CallResult<uint>.Failure(CallStatus.BadHandle);
        }

        if (sender.Carries == SocketKind.Datagram)
        {
            CallStatus sent = shadow.Messages.Send(sender, 0, 0, bytes, timeoutNanoseconds);
            return sent == CallStatus.Ok ? CallResult<uint>.Ok((uint)bytes.Length) : CallResult<uint>.Failure(sent);
        }

        SendCall call = new(shadow.Life, sender, bytes);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        shadow.Settle();
        return Transferred(status, call.Sent);
    }

    /// <inheritdoc/>
    public CallResult<uint> Receive(Handle<TrackedObjects.Socket> socket, Span<byte> bytes, long timeoutNanoseconds)
    {
        if (!objects.TryResolve(socket, out Socket receiver))
        {
            return CallResult<uint>.Failure(CallStatus.BadHandle);
        }

        if (receiver.Carries == SocketKind.Datagram)
        {
            CallResult<ReceivedDatagram> datagram = ReceiveFrom(socket, bytes, timeoutNanoseconds);
            return datagram.Succeeded ? CallResult<uint>.Ok(datagram.Value.LengthBytes) : CallResult<uint>.Failure(datagram.Status);
        }

        ReceiveCall call = new(shadow.Life, receiver, bytes);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        shadow.Settle();
        return Transferred(status, call.Received);
    }

    /// <inheritdoc/>
    public CallResult SendTo(
        Handle<TrackedObjects.Socket> socket, uint address, ushort port, ReadOnlySpan<byte> datagram, long timeoutNanoseconds)
        => !objects.TryResolve(socket, out Socket sender) ? CallResult.Failure(CallStatus.BadHandle)
            : address == 0 || port == 0 ? CallResult.Failure(CallStatus.Unreachable)
            : CallResult.Failure(shadow.Messages.Send(sender, address, port, datagram, timeoutNanoseconds));

    /// <inheritdoc/>
    public CallResult<ReceivedDatagram> ReceiveFrom(Handle<TrackedObjects.Socket> socket, Span<byte> datagram, long timeoutNanoseconds)
    {
        if (!objects.TryResolve(socket, out Socket receiver))
        {
            return CallResult<ReceivedDatagram>.Failure(CallStatus.BadHandle);
        }

        CallStatus status = shadow.Messages.Receive(receiver, datagram, timeoutNanoseconds, out ReceivedDatagram received);
        return status == CallStatus.Ok
            ? CallResult<ReceivedDatagram>.Ok(received)
            : CallResult<ReceivedDatagram>.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult Shutdown(Handle<TrackedObjects.Socket> socket, ShutdownDirection direction)
    {
        return CallResult.Failure(
            objects.TryResolve(socket, out Socket ended) ? shadow.Use.End(ended, direction) : CallStatus.BadHandle);
    }

    /// <inheritdoc/>
    public CallResult Close(Handle<TrackedObjects.Socket> socket) => End(socket, SocketEnd.Closed);

    /// <inheritdoc/>
    public CallResult Abort(Handle<TrackedObjects.Socket> socket) => End(socket, SocketEnd.Aborted);

    /// <inheritdoc/>
    public CallResult SetOption(Handle<TrackedObjects.Socket> socket, SocketOption option, uint value)
    {
        if (!objects.TryResolve(socket, out Socket changed))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        if (option == SocketOption.Repeatable)
        {
            shadow.Use.SetRepeatable(changed, value != 0);
            return CallResult.Ok;
        }

        ConnectionOptions flag = option == SocketOption.NoDelay ? ConnectionOptions.NoDelay : ConnectionOptions.KeepAlive;
        shadow.Use.SetOption(changed, flag, value != 0);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<SocketInformation> GetInformation(Handle<TrackedObjects.Socket> socket)
    {
        if (!objects.TryResolve(socket, out Socket described))
        {
            return CallResult<SocketInformation>.Failure(CallStatus.BadHandle);
        }

        lock (shadow.Sync)
        {
            return CallResult<SocketInformation>.Ok(SocketDescription.Of(described));
        }
    }

    /// <inheritdoc/>
    public CallResult<uint> WaitReady(Span<SocketReady> ready, long timeoutNanoseconds)
    {
        WaitReadyCall call = new(_owner, ready);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        return status is CallStatus.Ok or CallStatus.TimedOut or CallStatus.WouldBlock
            ? CallResult<uint>.Ok((uint)call.Count)
            : CallResult<uint>.Failure(status);
    }

    /// <inheritdoc/>
    public CallResult<uint> Resolve(ReadOnlySpan<byte> name, long timeoutNanoseconds)
    {
        CallStatus status = shadow.Messages.Resolve(name, timeoutNanoseconds, out uint address);
        return status == CallStatus.Ok ? CallResult<uint>.Ok(address) : CallResult<uint>.Failure(status);
    }

    private CallResult<uint> Transferred(CallStatus status, int lengthBytes)
    {
        if (status != CallStatus.Ok)
        {
            return CallResult<uint>.Failure(status);
        }

        Interlocked.Add(ref _transferredBytes, (ulong)lengthBytes);
        return CallResult<uint>.Ok((uint)lengthBytes);
    }

    private CallResult<Handle<TrackedObjects.Socket>> Hold(Socket socket)
    {
        CallResult<Handle<TrackedObjects.Socket>> held = objects.Add<TrackedObjects.Socket>(socket);

        // How many sockets there are is decided by peers as much as by the owner: too many are no fault.
        return held.Status == CallStatus.QuotaExceeded
            ? CallResult<Handle<TrackedObjects.Socket>>.Failure(CallStatus.OutOfResources)
            : held;
    }

    private CallResult End(Handle<TrackedObjects.Socket> handle, SocketEnd end)
    {
        if (!objects.TryResolve(handle, out Socket socket))
        {
            return CallResult.Failure(CallStatus.BadHandle);
        }

        socket.End = end;
        return CallResult.Failure(objects.Release(handle.Slot, handle.Generation));
    }
}
