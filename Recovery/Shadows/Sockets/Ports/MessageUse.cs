using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What owners of sockets do besides connections: datagrams and names.</summary>
internal sealed class MessageUse(SocketShadow shadow)
{
    /// <summary>Fixes the peer of a datagram socket.</summary>
    public CallStatus SetPeer(Socket socket, uint address, ushort port)
    {
        lock (shadow.Sync)
        {
            if (socket.IsClosed || (socket.Datagrams is null && shadow.Datagrams.Bind(socket, 0) == 0))
            {
                return CallStatus.OutOfResources;
            }

            socket.Datagrams!.PeerAddress = address;
            socket.Datagrams.PeerPort = port;
        }

        shadow.Wake();
        return CallStatus.Ok;
    }

    /// <summary>Sends a datagram; to the peer if the port is zero.</summary>
    public CallStatus Send(Socket sender, uint address, ushort port, ReadOnlySpan<byte> datagram, long timeoutNanoseconds)
    {
        SendDatagramCall call = new(shadow.Datagrams, sender, address, port, datagram);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        if (status == CallStatus.Ok)
        {
            shadow.Wake();
        }

        return status;
    }

    /// <summary>Receives a datagram.</summary>
    public CallStatus Receive(Socket receiver, Span<byte> datagram, long timeoutNanoseconds, out ReceivedDatagram received)
    {
        ReceiveDatagramCall call = new(receiver, datagram);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        received = call.Received;
        return status;
    }

    /// <summary>Looks a name up.</summary>
    public CallStatus Resolve(ReadOnlySpan<byte> name, long timeoutNanoseconds, out uint address)
    {
        address = 0;
        NameQuery? query;
        lock (shadow.Sync)
        {
            query = shadow.Queries.TryBegin(name);
        }

        if (query is null)
        {
            return CallStatus.OutOfResources;
        }

        shadow.Wake();
        ResolveCall call = new(query);
        CallStatus status = shadow.Calls.Run(ref call, timeoutNanoseconds);
        lock (shadow.Sync)
        {
            shadow.Queries.End(query);
        }

        address = query.Address;
        return status;
    }
}
