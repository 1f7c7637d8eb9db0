namespace NooksOS.Extensions.TcpIp;

/// <summary>Who listens at a UDP port.</summary>
internal interface IUdpReceiver
{
    /// <summary>Takes a datagram, which is gone when the call returns.</summary>
    void Receive(in UdpDatagram datagram, long nowNanoseconds);
}
