using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to the TCP/IP extension for sockets. None of these waits for anything.</summary>
[Contract(15, CallDirection.ExtensionToKernel)]
public interface ITransportHost
{
    /// <summary>
    /// Registers the caller, while it starts, as the one that carries connections, and maps the blocks that there are. An extension uses
    /// <see cref="IExtensionServices.OpenConnectionMemory"/>, which calls this.
    /// </summary>
    CallResult<ConnectionMemoryDescription> Register();

    /// <summary>
    /// Asks for the block of a connection whose handshake is complete. <see cref="CallStatus.Busy"/> if the backlog is full,
    /// <see cref="CallStatus.NotFound"/> if nobody listens any more, <see cref="CallStatus.OutOfResources"/> if memory is
    /// short. The block goes back if the instance dies before it has committed its half.
    /// </summary>
    CallResult<AcceptedConnection> AcceptConnection(ushort localPort, uint remoteAddress, ushort remotePort);

    /// <summary>
    /// The stack's half of these blocks has changed. Says no more than that; the blocks tell what. Called once for each batch
    /// of frames.
    /// </summary>
    CallResult Signal([MaximumLength(TransportLimits.NamedConnections)] ReadOnlySpan<uint> blocks);

    /// <summary>Hands over received datagrams, a <see cref="DatagramBatch"/>. Returns how many were taken.</summary>
    CallResult<uint> ReceiveDatagrams([MaximumLength(DatagramBatch.MaximumBytes)] ReadOnlySpan<byte> batch);

    /// <summary>Answers <see cref="ITransport.Resolve"/>; the outcome is that of the caller's call.</summary>
    CallResult Resolved(uint query, uint address, CallStatus outcome);
}
