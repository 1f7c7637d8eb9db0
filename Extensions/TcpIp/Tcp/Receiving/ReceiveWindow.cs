using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>The window that we offer (RFC 9293 §3.8.6).</summary>
internal static class ReceiveWindow
{
    /// <summary>What a SYN offers, which is never shifted: as much as the smallest ring holds, whichever the connection will have.</summary>
    public const ushort FirstOffer = 32 * 1024;

    /// <summary>
    /// How far our window is shifted (RFC 7323 §2): for the largest ring, since a SYN is answered before there is one.
    /// </summary>
    public const byte Scale = 4;

    /// <summary>How far the peer may send at most: as far as there is room in the ring. Never goes back.</summary>
    public static long LimitOf(ConnectionBlock block) => (long)block.Kernel.ReceiveRead + block.ReceiveRing.Length;

    /// <summary>
    /// Offers the room that there is, unless it has grown too little to be worth a segment (RFC 9293 §3.8.6.2.2, against silly windows).
    /// </summary>
    public static void Renew(Connection connection, ConnectionBlock block)
    {
        long offer = OfferOf(connection, block);
        if (offer - connection.OfferedEnd >= Math.Min(block.ReceiveRing.Length / 2, connection.SegmentBytes))
        {
            connection.OfferedEnd = offer;
        }
    }

    /// <summary>Whether the application has made so much room that the peer must hear of it at once.</summary>
    public static bool MustUpdate(Connection connection, ConnectionBlock block)
    {
        long growth = OfferOf(connection, block) - connection.OfferedEnd;
        long offered = connection.OfferedEnd - connection.ReceiveNext;
        long largest = Math.Min(block.ReceiveRing.Length, LargestOf(connection));

        // Half of what can be offered; or so little was left that the peer may wait for more, and there is a segment more.
        return growth >= largest / 2 || (offered < largest / 4 && growth >= connection.SegmentBytes);
    }

    /// <summary>The window field of a segment.</summary>
    public static ushort FieldOf(Connection connection)
        => (ushort)(Math.Clamp(connection.OfferedEnd - connection.ReceiveNext, 0, LargestOf(connection)) >> ShiftOf(connection));

    private static int ShiftOf(Connection connection) => connection.Options.HasScale ? Scale : 0;

    private static long LargestOf(Connection connection) => (long)ushort.MaxValue << ShiftOf(connection);

    private static long OfferOf(Connection connection, ConnectionBlock block)
        => Math.Min(LimitOf(block), connection.ReceiveNext + LargestOf(connection));
}
