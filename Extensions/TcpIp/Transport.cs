namespace NooksOS.Extensions.TcpIp;

/// <summary>What the stack does for sockets: connections, the datagrams of their ports, and names.</summary>
internal sealed class Transport(TcpLayer tcp, DatagramSockets datagrams, DnsClient names)
{
    /// <summary>Connections.</summary>
    public TcpLayer Tcp => tcp;

    /// <summary>Datagrams.</summary>
    public DatagramSockets Datagrams => datagrams;

    /// <summary>Names of hosts.</summary>
    public DnsClient Names => names;

    /// <summary>Frames may be lost, because the driver was replaced: what has no answer yet is sent again.</summary>
    public void Resume(long nowNanoseconds)
    {
        tcp.Resume(nowNanoseconds);
        names.Resume(nowNanoseconds);
    }

    /// <summary>Time has passed.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        tcp.OnTimer(nowNanoseconds);
        names.OnTimer(nowNanoseconds);
    }

    /// <summary>Hands over what has come for the kernel, at the end of a call.</summary>
    public void Complete()
    {
        datagrams.Complete();
        names.Complete();
    }
}
