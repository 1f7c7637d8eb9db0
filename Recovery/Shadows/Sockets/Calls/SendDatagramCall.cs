using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Queues one datagram for the stack.</summary>
internal readonly ref struct SendDatagramCall(
    DatagramPorts ports, Socket socket, uint address, ushort port, ReadOnlySpan<byte> payload) : IWaitingCall
{
    private readonly ReadOnlySpan<byte> _payload = payload;

    public WaitQueue Queue => ports.RoomWaiters;

    public CallStatus? Try()
    {
        if (socket.IsClosed || socket.Carries != SocketKind.Datagram)
        {
            return CallStatus.NotConnected;
        }

        if (socket.Datagrams is null && ports.Bind(socket, 0) == 0)
        {
            return CallStatus.OutOfResources;
        }

        DatagramPort local = socket.Datagrams!;
        Datagram datagram = new()
        {
            LocalPort = local.Port,
            RemoteAddress = port == 0 ? local.PeerAddress : address,
            RemotePort = port == 0 ? local.PeerPort : port,
            Payload = _payload,
        };
        if (datagram.RemotePort == 0)
        {
            return CallStatus.NotConnected;
        }

        return ports.Outgoing.TryEnqueue(in datagram) ? CallStatus.Ok : null;
    }
}
