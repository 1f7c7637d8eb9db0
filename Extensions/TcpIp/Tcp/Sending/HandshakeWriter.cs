using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>The options of a SYN.</summary>
internal static class HandshakeWriter
{
    /// <summary>Writes the options of a SYN, of those offered or agreed on. Returns how many octets they take.</summary>
    public static int WriteOptions(
        Span<byte> space, ushort ownSegmentBytes, in HandshakeOptions options, uint timestamp, uint echo)
    {
        TcpOptionWriter writer = new(space);
        writer.MaximumSegment(ownSegmentBytes);
        if (options.HasScale)
        {
            writer.WindowScale(ReceiveWindow.Scale);
        }

        if (options.HasSack)
        {
            writer.SackPermitted();
        }

        if (options.HasTimestamps)
        {
            writer.Timestamps(timestamp, echo);
        }

        return writer.Length;
    }
}
