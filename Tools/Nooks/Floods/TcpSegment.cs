namespace NooksOS.Tool.Floods;

/// <summary>The header of a TCP segment, without options.</summary>
public readonly record struct TcpSegment
{
    /// <summary>Who sends it.</summary>
    public required TcpEndpoint Source { get; init; }

    /// <summary>Who receives it.</summary>
    public required TcpEndpoint Destination { get; init; }

    /// <summary>The sequence number.</summary>
    public uint Sequence { get; init; }

    /// <summary>The acknowledgment number.</summary>
    public uint Acknowledgment { get; init; }

    /// <summary>The control bits.</summary>
    public TcpFlags Flags { get; init; }

    /// <summary>The window.</summary>
    public ushort Window { get; init; }

    /// <summary>The urgent pointer.</summary>
    public ushort Urgent { get; init; }
}
