namespace NooksOS.Tests.Units.TcpIp;

/// <summary>Something at the <see cref="SimulatedNetwork"/>.</summary>
internal interface INetworkStation
{
    void Receive(byte[] batch, long nowNanoseconds);

    void OnTimer(long nowNanoseconds);
}
