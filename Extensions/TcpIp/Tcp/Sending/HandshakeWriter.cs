using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>The options of a SYN.</summary>
internal static class HandshakeWriter
{
    /// <summary>
    /// Our window is never shifted: a ring fits the sixteen bits. But only who sends the option may be sent shifted windows
    /// (RFC 7323 §2.2).
    /// </summary>
    public const byte OwnScale = 0;

    /// <summary>Writes the options of a SYN, of those offered or agreed on. Returns how many octets they take.</summary>
    public static int WriteOptions(
        Span<byte> space, ushort ownSegmentBytes, in HandshakeOptions options, uint timestamp, uint echo)
    {
        TcpOptionWriter writer = new(space);
        writer.MaximumSegment(ownSegmentBytes);
        if (options.HasScale)
        {
            writer.WindowScale(OwnScale);
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
