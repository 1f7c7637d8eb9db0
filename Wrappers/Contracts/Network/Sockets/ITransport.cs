using System;

namespace NooksOS.Contracts;

/// <summary>
/// What the TCP/IP extension offers for sockets, next to <see cref="INetworkStack"/>. While the instance starts, the thread that
/// starts it calls; from then on the kernel's network thread alone, so that calls never wait for each other.
/// </summary>
[Contract(14, CallDirection.KernelToExtension)]
public interface ITransport
{
    /// <summary>
    /// The connections that there are, before anything else is called. The instance validates each block, rebuilds what it
    /// keeps for it and goes on; one that nothing was committed for and that is to be connected is begun; one that cannot be
    /// taken over is committed as <see cref="ConnectionError.Damaged"/>. Called once for each instance.
    /// </summary>
    CallResult AdoptConnections([MaximumLength(TransportLimits.Connections)] ReadOnlySpan<uint> blocks, long nowNanoseconds);

    /// <summary>Accepts connections to a port. Of those that are not established yet the stack keeps so many.</summary>
    [Idempotent]
    CallResult Listen(ushort port, uint backlog);

    /// <summary>No longer accepts connections to a port. Those that are established go on.</summary>
    [Idempotent]
    CallResult StopListening(ushort port);

    /// <summary>Datagrams to a port are wanted.</summary>
    [Idempotent]
    CallResult BindDatagrams(ushort port);

    /// <summary>Datagrams to a port are not wanted any more.</summary>
    [Idempotent]
    CallResult UnbindDatagrams(ushort port);

    /// <summary>
    /// The kernel's half of these blocks has changed: there is a new connection, there are bytes to send, there is room to
    /// receive, or something else is wanted. Says no more than that; the blocks tell what.
    /// </summary>
    [Idempotent]
    CallResult Kick([MaximumLength(TransportLimits.NamedConnections)] ReadOnlySpan<uint> blocks, long nowNanoseconds);

    /// <summary>Sends datagrams, a <see cref="DatagramBatch"/>. What cannot be sent is lost.</summary>
    CallResult SendDatagrams([MaximumLength(DatagramBatch.MaximumBytes)] ReadOnlySpan<byte> batch, long nowNanoseconds);

    /// <summary>Looks up the address of a name; <see cref="ITransportHost.Resolved"/> brings the answer.</summary>
    [Idempotent]
    CallResult Resolve(uint query, [MaximumLength(SocketLimits.HostNameBytes)] ReadOnlySpan<byte> name, long nowNanoseconds);
}
