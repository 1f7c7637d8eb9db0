using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>The window that we offer (RFC 9293 §3.8.6).</summary>
internal static class ReceiveWindow
{
    /// <summary>How far the peer may send at most: as far as there is room in the ring. Never goes back.</summary>
    public static long LimitOf(ConnectionBlock block) => (long)block.Kernel.ReceiveRead + ConnectionBlock.RingBytes;

    /// <summary>
    /// Offers the room that there is, unless it has grown too little to be worth a segment (RFC 9293 §3.8.6.2.2, against silly windows).
    /// </summary>
    public static void Renew(Connection connection, ConnectionBlock block)
    {
        long limit = LimitOf(block);
        if (IsWorthwhile(connection, limit))
        {
            connection.OfferedEnd = limit;
        }
    }

    /// <summary>Whether the application has made so much room that the peer must hear of it at once.</summary>
    public static bool MustUpdate(Connection connection, ConnectionBlock block)
    {
        long growth = LimitOf(block) - connection.OfferedEnd;
        long offered = connection.OfferedEnd - connection.ReceiveNext;

        // Half of the ring, or the window was closed or nearly so: the peer waits.
        return growth >= ConnectionBlock.RingBytes / 2
            || (offered < ConnectionBlock.RingBytes / 4 && growth >= 2 * connection.SegmentBytes);
    }

    /// <summary>The window field of a segment.</summary>
    public static ushort FieldOf(Connection connection)
        => (ushort)Math.Clamp(connection.OfferedEnd - connection.ReceiveNext, 0, ushort.MaxValue);

    private static bool IsWorthwhile(Connection connection, long limit)
        => limit - connection.OfferedEnd >= Math.Min(ConnectionBlock.RingBytes / 2, connection.SegmentBytes);
}
