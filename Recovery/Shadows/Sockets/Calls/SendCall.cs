using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Sends as much as there is room for.</summary>
internal ref struct SendCall(ConnectionLife life, Socket socket, ReadOnlySpan<byte> bytes) : IWaitingCall
{
    // With so much under way, acknowledgements are on their way back, and the stack hears of the new bytes in the same round
    // as of those: at full load nobody is woken for them.
    private const ulong BusyBytes = 8 * 1024;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Sent { get; private set; }

    public readonly WaitQueue Queue => socket.Writers;

    public CallStatus? Try()
    {
        if (socket.IsClosed || socket.Connection is not { } connection)
        {
            return CallStatus.NotConnected;
        }

        if (connection.Breakage != CallStatus.Ok)
        {
            return connection.Breakage;
        }

        if ((connection.Requests & ConnectionRequests.EndSend) != 0)
        {
            return CallStatus.NotConnected;
        }

        if (!connection.IsEstablished || (connection.RoomBytes == 0 && !_bytes.IsEmpty))
        {
            socket.WantsRoom = true;
            return null;
        }

        bool isQuiet = connection.UnacknowledgedBytes < BusyBytes;
        Sent = connection.Write(_bytes);
        socket.WantsRoom = Sent < _bytes.Length;
        if (Sent != 0)
        {
            life.Kick(connection, isQuiet);
        }

        return CallStatus.Ok;
    }
}
