using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>Where the fields of a TCP segment are (RFC 9293 §3.1), from its first byte on.</summary>
internal static class SegmentLayout
{
    /// <summary>The header without options.</summary>
    public const int LeastHeaderBytes = 20;

    /// <summary>The port of the sender; that of the receiver follows.</summary>
    public const int PortsOffset = 0;

    /// <summary>The length of a port.</summary>
    public const int PortBytes = 2;

    /// <summary>How long the header is, in its upper half, in words.</summary>
    public const int HeaderLengthOffset = 12;

    /// <summary>The control bits.</summary>
    public const int FlagsOffset = 13;

    /// <summary>The checksum of the segment.</summary>
    public const int ChecksumOffset = 16;

    /// <summary>SYN among the control bits.</summary>
    public const byte Synchronize = 0x02;

    /// <summary>SYN, ACK, RST and FIN, of which the first segment of a connection has one.</summary>
    public const byte ConnectionFlags = 0x17;

    /// <summary>The kind of option after which there is none.</summary>
    public const byte EndOfOptions = 0;

    /// <summary>The kind of option that is one byte and says nothing.</summary>
    public const byte Padding = 1;

    /// <summary>The kind of option that tells of the largest segment.</summary>
    public const byte LargestSegment = 2;

    /// <summary>Length of the header of a segment of at least <see cref="LeastHeaderBytes"/>, as it says.</summary>
    public static int HeaderBytes(ReadOnlySpan<byte> segment) => (segment[HeaderLengthOffset] >> 4) * sizeof(uint);
}
