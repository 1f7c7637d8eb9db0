namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>A host and a peer that does what is written down for it.</summary>
public abstract class OnePeer
{
    private protected OnePeer()
    {
        Host = new TcpHost(Link, 0x0A00_0002);
        Host.Listen(TwoHosts.Port);
        Peer = new ScriptedPeer(Link, Host);
    }

    private protected TcpLink Link { get; } = new();

    private protected TcpHost Host { get; }

    private protected ScriptedPeer Peer { get; }

    private protected void RunMilliseconds(long milliseconds) => Link.Run(milliseconds * TcpLink.Millisecond);
}
