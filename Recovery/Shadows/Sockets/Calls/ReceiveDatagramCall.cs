using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Takes the oldest datagram of a socket.</summary>
internal ref struct ReceiveDatagramCall(Socket socket, Span<byte> buffer) : IWaitingCall
{
    private readonly Span<byte> _buffer = buffer;

    public ReceivedDatagram Received { get; private set; }

    public readonly WaitQueue Queue => socket.Readers;

    public CallStatus? Try()
    {
        if (socket.IsClosed || socket.Datagrams is not { } port)
        {
            return CallStatus.NotConnected;
        }

        if (!port.Received.TryPeek(out Datagram datagram))
        {
            return null;
        }

        int length = Math.Min(datagram.Payload.Length, _buffer.Length);
        datagram.Payload[..length].CopyTo(_buffer);
        Received = new ReceivedDatagram((uint)length, datagram.RemoteAddress, datagram.RemotePort);
        port.Received.Discard();
        return CallStatus.Ok;
    }
}
