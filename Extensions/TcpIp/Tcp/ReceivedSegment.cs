using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>A TCP segment that has a correct checksum and options. It is gone when the call returns.</summary>
internal readonly ref struct ReceivedSegment
{
    /// <summary>Between whom it went, as seen from here.</summary>
    public required TcpFlow Flow { get; init; }

    /// <summary>The header.</summary>
    public required TcpHeader Header { get; init; }

    /// <summary>The options.</summary>
    public required TcpOptions Options { get; init; }

    /// <summary>The data.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Whether the bit is set.</summary>
    public bool Has(TcpFlags flags) => Header.Has(flags);

    /// <summary>SEG.LEN: data, and one for each of SYN and FIN.</summary>
    public int Length => Data.Length + (Has(TcpFlags.Synchronize) ? 1 : 0) + (Has(TcpFlags.Finish) ? 1 : 0);
}
