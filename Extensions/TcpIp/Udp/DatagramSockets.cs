using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// The UDP ports whose datagrams the kernel wants for its sockets. What comes is handed over at the end of the call in which it came, or
/// when a batch is full.
/// </summary>
internal sealed class DatagramSockets(UdpLayer udp, RoutingTable routing, ITransportHost host, StackCounters counters) : IUdpReceiver
{
    private byte[] _received = [];
    private int _receivedBytes;

    /// <summary>Datagrams to a port are wanted. False if the port is taken here, or there are too many.</summary>
    public bool TryBind(ushort port) => udp.Ports.Find(port) == this || udp.Ports.TryBind(port, this);

    /// <summary>They are not wanted any more.</summary>
    public void Unbind(ushort port)
    {
        if (udp.Ports.Find(port) == this)
        {
            udp.Ports.Unbind(port);
        }
    }

    /// <inheritdoc/>
    public void Receive(in UdpDatagram datagram, long nowNanoseconds)
    {
        Datagram record = new()
        {
            LocalPort = datagram.DestinationPort,
            RemotePort = datagram.SourcePort,
            RemoteAddress = datagram.Source.Value,
            Payload = datagram.Data,
        };
        // Only with the first datagram: an instance that has just come up comes up sooner.
        _received = _received.Length == 0 ? new byte[DatagramBatch.MaximumBytes] : _received;
        if (DatagramBatch.TryAppend(_received, ref _receivedBytes, record))
        {
            return;
        }

        Complete();
        if (!DatagramBatch.TryAppend(_received, ref _receivedBytes, record))
        {
            counters.Drop(DropReason.DatagramTooLarge);
        }
    }

    /// <summary>Sends a <see cref="DatagramBatch"/>. What cannot be sent is counted and lost.</summary>
    public void Send(ReadOnlySpan<byte> batch, long nowNanoseconds)
    {
        while (DatagramBatch.TryRead(ref batch, out Datagram datagram))
        {
            UdpFlow flow = new(
                routing.Address, datagram.LocalPort, new Wire.Ipv4Address(datagram.RemoteAddress), datagram.RemotePort);
            udp.TrySend(flow, datagram.Payload, nowNanoseconds);
        }
    }

    /// <summary>Hands over what has come.</summary>
    public void Complete()
    {
        if (_receivedBytes == 0)
        {
            return;
        }

        // Taken out first: the kernel reads the batch while others may enter. What it does not take is lost, as datagrams are.
        int length = _receivedBytes;
        _receivedBytes = 0;
        _ = host.ReceiveDatagrams(_received.AsSpan(0, length));
    }
}
