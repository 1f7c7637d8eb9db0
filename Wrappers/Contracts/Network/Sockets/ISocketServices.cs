using System;

namespace NooksOS.Contracts;

/// <summary>
/// Sockets, as the kernel offers them to extensions, processes and its own threads. Addresses and ports are in host order.
/// <para>
/// A time-out of zero does not block and answers <see cref="CallStatus.WouldBlock"/>; a negative one waits for ever. Only a
/// thread of the caller's own may wait long: a call that the kernel has made into the caller must return within its budget.
/// </para>
/// <para>
/// A connection outlives the network stack and the driver. It does not outlive its owner: then it is aborted. A listener of an
/// owner that died is kept for its next instance for a while, so that no client is refused.
/// </para>
/// </summary>
[Contract(13, CallDirection.ExtensionToKernel)]
public interface ISocketServices
{
    /// <summary>Makes a socket.</summary>
    CallResult<Handle<TrackedObjects.Socket>> Create(SocketKind kind);

    /// <summary>
    /// Gives the socket a port of its own; port zero takes a free one. Returns the port. The address is zero for every
    /// interface. <see cref="CallStatus.AddressInUse"/> if somebody else has the port.
    /// </summary>
    CallResult<ushort> Bind(Handle<TrackedObjects.Socket> socket, uint address, ushort port);

    /// <summary>Waits for connections on the bound port, of which so many may queue.</summary>
    CallResult Listen(Handle<TrackedObjects.Socket> socket, uint backlog);

    /// <summary>Takes the oldest connection that waits.</summary>
    CallResult<AcceptedSocket> Accept(Handle<TrackedObjects.Socket> socket, long timeoutNanoseconds);

    /// <summary>
    /// Connects a stream. With a time-out of zero it goes on connecting, and <see cref="SocketEvents.Writable"/> or
    /// <see cref="SocketEvents.Error"/> tells how that ended. Of a datagram socket it only fixes the peer.
    /// </summary>
    CallResult Connect(Handle<TrackedObjects.Socket> socket, uint address, ushort port, long timeoutNanoseconds);

    /// <summary>Sends as much as there is room for, at least one byte, and returns how much.</summary>
    CallResult<uint> Send(
        Handle<TrackedObjects.Socket> socket,
        [MaximumLength(SocketLimits.TransferBytes)] ReadOnlySpan<byte> bytes,
        long timeoutNanoseconds);

    /// <summary>Receives what there is, at least one byte, and returns how much; zero at the end of the stream.</summary>
    CallResult<uint> Receive(
        Handle<TrackedObjects.Socket> socket, [MaximumLength(SocketLimits.TransferBytes), Output] Span<byte> bytes, long timeoutNanoseconds);

    /// <summary>Sends one datagram. It may be lost on its way.</summary>
    CallResult SendTo(
        Handle<TrackedObjects.Socket> socket,
        uint address,
        ushort port,
        [MaximumLength(DatagramBatch.MaximumDatagramBytes)] ReadOnlySpan<byte> datagram,
        long timeoutNanoseconds);

    /// <summary>Receives one datagram.</summary>
    CallResult<ReceivedDatagram> ReceiveFrom(
        Handle<TrackedObjects.Socket> socket,
        [MaximumLength(DatagramBatch.MaximumDatagramBytes)] Span<byte> datagram,
        long timeoutNanoseconds);

    /// <summary>Ends one or both halves of a connection.</summary>
    CallResult Shutdown(Handle<TrackedObjects.Socket> socket, ShutdownDirection direction);

    /// <summary>Gives the socket back. What was sent still goes to the peer, in the background.</summary>
    CallResult Close(Handle<TrackedObjects.Socket> socket);

    /// <summary>Gives the socket back at once: the peer sees a reset, and what was not acknowledged is lost.</summary>
    CallResult Abort(Handle<TrackedObjects.Socket> socket);

    /// <summary>Sets an option.</summary>
    CallResult SetOption(Handle<TrackedObjects.Socket> socket, SocketOption option, uint value);

    /// <summary>Describes a socket.</summary>
    CallResult<SocketInformation> GetInformation(Handle<TrackedObjects.Socket> socket);

    /// <summary>
    /// Waits until sockets of the caller have become ready for something that was not reported yet, and names them. Each
    /// change is reported once: read, accept or send until <see cref="CallStatus.WouldBlock"/> before waiting again.
    /// One loop serves thousands of connections. Returns how many; zero when the time ran out.
    /// </summary>
    CallResult<uint> WaitReady([MaximumLength(SocketLimits.ReadySockets), Output] Span<SocketReady> ready, long timeoutNanoseconds);

    /// <summary>Finds the address of a host by its name.</summary>
    CallResult<uint> Resolve([MaximumLength(SocketLimits.HostNameBytes)] ReadOnlySpan<byte> name, long timeoutNanoseconds);
}
