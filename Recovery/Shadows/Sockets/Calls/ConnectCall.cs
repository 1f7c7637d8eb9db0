using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Waits until a connection is there, or is not to be had.</summary>
internal readonly struct ConnectCall(Socket socket) : IWaitingCall
{
    public WaitQueue Queue => socket.Writers;

    public CallStatus? Try()
    {
        if (socket.IsClosed || socket.Connection is not { } connection)
        {
            return CallStatus.NotConnected;
        }

        return connection.IsEstablished ? CallStatus.Ok
            : connection.Breakage != CallStatus.Ok ? connection.Breakage
            : null;
    }
}
