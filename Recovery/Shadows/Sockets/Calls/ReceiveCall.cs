using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Receives what there is.</summary>
internal ref struct ReceiveCall(ConnectionLife life, Socket socket, Span<byte> bytes) : IWaitingCall
{
    private readonly Span<byte> _bytes = bytes;

    public int Received { get; private set; }

    public readonly WaitQueue Queue => socket.Readers;

    public CallStatus? Try()
    {
        if (socket.IsClosed || socket.Connection is not { } connection)
        {
            return CallStatus.NotConnected;
        }

        if (_bytes.IsEmpty || (connection.Requests & ConnectionRequests.EndReceive) != 0)
        {
            return CallStatus.Ok;
        }

        if (connection.ReadableBytes == 0)
        {
            // What arrived before the end counts more than how it ended.
            return connection.PeerEnded ? CallStatus.Ok
                : connection.Breakage != CallStatus.Ok ? connection.Breakage
                : null;
        }

        bool wasTight = connection.IsTight;
        Received = connection.Read(_bytes);
        if (wasTight && !connection.IsTight)
        {
            // The peer was held back. As long as it was not, the stack sees the room whenever it acknowledges something.
            life.Kick(connection);
        }

        return CallStatus.Ok;
    }
}
