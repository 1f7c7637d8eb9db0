using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A socket as its owner's domain holds it. It is a listener, a connection, a port for datagrams, or none of these yet. The
/// shadow guards it.
/// </summary>
internal sealed class Socket(SocketShadow shadow, SocketOwner owner, SocketKind kind, ulong sizeBytes = 0)
    : TrackedObject(TrackedKind.Socket, sizeBytes)
{
    public SocketOwner Owner { get; } = owner;

    public SocketKind Carries { get; } = kind;

    /// <summary>The port that it was given by <see cref="ISocketServices.Bind"/>; zero for none.</summary>
    public ushort BoundPort { get; set; }

    public ConnectionOptions Options { get; set; }

    public Listener? Listener { get; set; }

    public Connection? Connection { get; set; }

    public DatagramPort? Datagrams { get; set; }

    /// <summary>Threads that wait for this socket to bring them something.</summary>
    public WaitQueue Readers { get; } = new();

    /// <summary>Threads that wait for this socket to take something.</summary>
    public WaitQueue Writers { get; } = new();

    /// <summary>How it is to end once it is released; the death of its owner if nobody says so.</summary>
    public SocketEnd End { get; set; }

    public bool IsClosed { get; set; }

    /// <summary>Whether a sender found too little room, and wants to hear of more.</summary>
    public bool WantsRoom { get; set; }

    public SocketEvents PendingEvents { get; set; }

    public bool IsReported { get; set; }

    public Socket? OlderReady { get; set; }

    public Socket? NewerReady { get; set; }

    public override string Description
        => Listener is not null ? $"listens on {BoundPort}"
            : Datagrams is not null ? $"datagrams on {BoundPort}"
            : Connection is { } connection ? $"port {connection.LocalPort}, {connection.State}"
            : "open";

    /// <summary>What it is ready for now.</summary>
    public SocketEvents Readiness
        => Listener is not null ? (Listener.HasConnection ? SocketEvents.Acceptable : SocketEvents.None)
            : Connection?.Readiness ?? Datagrams?.Readiness ?? SocketEvents.None;

    /// <summary>Lets every thread that waits for this socket look again. Returns what they will act upon, so that nobody else need hear of it.</summary>
    public SocketEvents WakeAll()
    {
        SocketEvents taken = (Readers.IsEmpty ? SocketEvents.None : SocketEvents.Readable | SocketEvents.Acceptable)
            | (Writers.IsEmpty ? SocketEvents.None : SocketEvents.Writable);
        Readers.WakeAll();
        Writers.WakeAll();
        return taken;
    }

    protected override bool Release()
    {
        shadow.Release(this);
        return true;
    }
}
