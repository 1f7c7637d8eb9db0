namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// The echo service (RFC 862): what comes is sent back. Not to a port zero, which wants no answer; and not to another echo service,
/// because the two would never stop.
/// </summary>
internal sealed class EchoService(UdpLayer udp, RoutingTable routing, StackCounters counters) : IUdpReceiver
{
    /// <summary>Port of the service.</summary>
    public const ushort Port = 7;

    /// <inheritdoc/>
    public void Receive(in UdpDatagram datagram, long nowNanoseconds)
    {
        if (datagram.IsBroadcast || datagram.SourcePort is 0 or Port)
        {
            counters.Drop(DropReason.EchoRefused);
            return;
        }

        UdpFlow back = new(routing.Address, Port, datagram.Source, datagram.SourcePort);
        if (udp.TrySend(back, datagram.Data, nowNanoseconds))
        {
            counters.DatagramsEchoed++;
        }
    }
}
