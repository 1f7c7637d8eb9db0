namespace NooksOS.Extensions.TcpIp;

/// <summary>A protocol above IPv4.</summary>
internal interface IIpv4Receiver
{
    /// <summary>Takes a datagram, which is gone when the call returns.</summary>
    void Receive(in Ipv4Datagram datagram, long nowNanoseconds);
}
