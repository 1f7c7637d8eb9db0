using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>The UDP ports, and datagrams on their way. The shadow guards it.</summary>
internal sealed class DatagramPorts(SocketShadowOptions options, uint seed)
{
    private readonly PortNumbers _numbers = new(seed);
    private readonly Dictionary<ushort, DatagramPort> _ports = [];

    /// <summary>The ports that were opened or closed.</summary>
    public PortChanges Changes { get; } = new();

    /// <summary>What waits for the stack.</summary>
    public DatagramQueue Outgoing { get; } = new(options.OutgoingDatagramBytes);

    /// <summary>Threads that wait for room there.</summary>
    public WaitQueue RoomWaiters { get; } = new();

    /// <summary>Datagrams for which there was no room.</summary>
    public ulong Dropped { get; private set; }

    public Dictionary<ushort, DatagramPort>.ValueCollection All => _ports.Values;

    public bool IsOpen(ushort port) => _ports.ContainsKey(port);

    /// <summary>Gives a socket a port; zero stands for any. Returns the port, or zero if it is taken.</summary>
    public ushort Bind(Socket socket, ushort port)
    {
        if (port == 0)
        {
            port = _numbers.TakeAny();
        }
        else if (!_numbers.TryTake(port))
        {
            return 0;
        }

        if (port != 0)
        {
            socket.BoundPort = port;
            socket.Datagrams = new DatagramPort(socket, port, options.DatagramQueueBytes);
            _ports.Add(port, socket.Datagrams);
            Changes.Add(port);
        }

        return port;
    }

    public void Close(DatagramPort port)
    {
        _ports.Remove(port.Port);
        _numbers.Return(port.Port);
        Changes.Add(port.Port);
    }

    /// <summary>Hands out what the stack has received. Returns how many datagrams somebody wanted.</summary>
    public uint Deliver(ReadOnlySpan<byte> batch)
    {
        uint taken = 0;
        while (DatagramBatch.TryRead(ref batch, out Datagram datagram))
        {
            if (!_ports.TryGetValue(datagram.LocalPort, out DatagramPort? port) || !port.Hears(in datagram))
            {
                continue;
            }

            if (port.Received.TryEnqueue(in datagram))
            {
                port.Socket.Owner.Raise(port.Socket, SocketEvents.Readable);
                taken++;
            }
            else
            {
                Dropped++;
            }
        }

        return taken;
    }

    /// <summary>A fresh instance of the stack knows of no port.</summary>
    public void TellAll() => Changes.Restart(_ports.Keys);
}
