using System;

namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>
/// A listening socket and the connections accepted from it. Nothing blocks but <see cref="Wait"/>. A connection that said
/// <see cref="TransferStatus.WouldBlock"/> is reported once when that has changed; so is a new one with something to read.
/// </summary>
internal interface IServerTransport
{
    /// <summary>Waits until there is something to do, or the time is over.</summary>
    /// <param name="ready">Receives the connections that may go on.</param>
    /// <param name="timeoutNanoseconds">How long to wait at most; 0 to look only.</param>
    /// <param name="mayAccept">Whether a connection may be waiting to be accepted.</param>
    /// <returns>How many connections were reported.</returns>
    int Wait(Span<ConnectionId> ready, long timeoutNanoseconds, out bool mayAccept);

    /// <summary>Accepts a connection. False if none is waiting.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="peer">The address of the client.</param>
    bool TryAccept(out ConnectionId id, out uint peer);

    /// <summary>Takes bytes that have arrived.</summary>
    Transfer Receive(ConnectionId id, Span<byte> buffer);

    /// <summary>Hands over bytes to be sent: as many as there is room for.</summary>
    Transfer Send(ConnectionId id, ReadOnlySpan<byte> data);

    /// <summary>What this connection wants is about to have effects: should we die now, no other instance is to read it once more.</summary>
    void Commit(ConnectionId id);

    /// <summary>Says that nothing more will be sent. What was handed over is still delivered.</summary>
    void EndSending(ConnectionId id);

    /// <summary>Gives the connection up. What was handed over is still delivered.</summary>
    void Close(ConnectionId id);

    /// <summary>Ends the connection at once and frees what it held.</summary>
    void Abort(ConnectionId id);
}
