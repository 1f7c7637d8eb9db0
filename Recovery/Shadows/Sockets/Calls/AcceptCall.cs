using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Takes the connection that waits longest.</summary>
internal struct AcceptCall(Socket socket) : IWaitingCall
{
    /// <summary>The connection, which belongs to nobody yet.</summary>
    public Connection? Accepted { get; private set; }

    /// <summary>Where it came from.</summary>
    public Listener? Listener { get; private set; }

    public readonly WaitQueue Queue => socket.Readers;

    public CallStatus? Try()
    {
        if (socket.IsClosed || socket.Listener is not { } listener)
        {
            return CallStatus.NotConnected;
        }

        Listener = listener;
        Accepted = listener.TryDequeue();
        if (Accepted is null)
        {
            return null;
        }

        Accepted.IsBeingAccepted = true;
        return CallStatus.Ok;
    }
}
