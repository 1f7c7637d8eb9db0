using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>What a <see cref="ConnectionState"/> says of the two FINs. The stack asks nothing else, so that one store changes both at once.</summary>
internal static class ConnectionStates
{
    /// <summary>Whether both sides know each other's numbers.</summary>
    public static bool IsSynchronized(this ConnectionState state) => state is >= ConnectionState.Established and <= ConnectionState.LastAck;

    /// <summary>Whether the peer's FIN was received.</summary>
    public static bool HasReceivedFinish(this ConnectionState state)
        => state is ConnectionState.CloseWait or ConnectionState.Closing or ConnectionState.LastAck;

    /// <summary>Whether our FIN has been, or is to be, sent after the last octet.</summary>
    public static bool HasFinish(this ConnectionState state)
        => state is ConnectionState.FinWait1 or ConnectionState.FinWait2 or ConnectionState.Closing or ConnectionState.LastAck;

    /// <summary>Whether our FIN was acknowledged.</summary>
    public static bool IsFinishAcknowledged(this ConnectionState state) => state == ConnectionState.FinWait2;

    /// <summary>Whether data of the peer is still to come.</summary>
    public static bool CanReceive(this ConnectionState state)
        => state is ConnectionState.Established or ConnectionState.FinWait1 or ConnectionState.FinWait2;

    /// <summary>Whether there may be something of ours that the peer has not acknowledged.</summary>
    public static bool CanSend(this ConnectionState state)
        => state is ConnectionState.Established or ConnectionState.CloseWait or ConnectionState.FinWait1 or ConnectionState.Closing or ConnectionState.LastAck;
}
