namespace NooksOS.Recovery.Shadows;

/// <summary>Where the fields of a packet's header are (RFC 791 §3.1), from its first byte on.</summary>
internal static class Ipv4Layout
{
    /// <summary>What a frame says that its packet is.</summary>
    public const ushort EtherType = 0x0800;

    /// <summary>What a packet says that its content is: a segment of TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>The shortest header.</summary>
    public const int LeastHeaderBytes = 20;

    /// <summary>The length of header and content together.</summary>
    public const int TotalLengthOffset = 2;

    /// <summary>Which packet it is.</summary>
    public const int IdentificationOffset = 4;

    /// <summary>Which part of a packet it is.</summary>
    public const int FragmentOffset = 6;

    /// <summary>How far it may go.</summary>
    public const int TimeToLiveOffset = 8;

    /// <summary>What the content is.</summary>
    public const int ProtocolOffset = 9;

    /// <summary>The checksum of the header.</summary>
    public const int ChecksumOffset = 10;

    /// <summary>The address of the sender.</summary>
    public const int SourceOffset = 12;

    /// <summary>The address of the receiver.</summary>
    public const int DestinationOffset = SourceOffset + AddressBytes;

    /// <summary>The length of an address.</summary>
    public const int AddressBytes = 4;
}
