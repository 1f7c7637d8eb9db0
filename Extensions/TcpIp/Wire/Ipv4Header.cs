using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>The header of an IPv4 datagram (RFC 791 §3.1). The checksum is checked when read and made when written.</summary>
internal readonly record struct Ipv4Header
{
    /// <summary>Size of a header without options.</summary>
    public const int SizeBytes = 20;

    /// <summary>The version field of IPv4.</summary>
    public const int Version = 4;

    /// <summary>RFC 1122 §3.2.1.7 and IANA: what a host sends with.</summary>
    public const byte DefaultTimeToLive = 64;

    /// <summary>Every host can take a datagram of this size (RFC 791 §3.1).</summary>
    public const int MinimumReassemblyBytes = 576;

    internal const int VersionOffset = 0;
    internal const int TypeOfServiceOffset = 1;
    internal const int TotalLengthOffset = 2;
    internal const int IdentificationOffset = 4;
    internal const int FragmentOffset = 6;
    internal const int TimeToLiveOffset = 8;
    internal const int ProtocolOffset = 9;
    internal const int ChecksumOffset = 10;
    internal const int SourceOffset = 12;
    internal const int DestinationOffset = 16;

    private const ushort DontFragmentBit = 0x4000;
    private const ushort MoreFragmentsBit = 0x2000;
    private const ushort FragmentOffsetBits = 0x1FFF;

    private const byte OptionEnd = 0;
    private const byte OptionNone = 1;
    private const byte OptionLooseSourceRoute = 131;
    private const byte OptionStrictSourceRoute = 137;

    /// <summary>Size of the header with its options. What is written has none.</summary>
    public int HeaderBytes { get; init; } = SizeBytes;

    /// <summary>Size of header and payload.</summary>
    public ushort TotalLength { get; init; }

    /// <summary>Precedence and type of service, or differentiated services.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>Tells the fragments of one datagram from those of another.</summary>
    public ushort Identification { get; init; }

    /// <summary>Routers may not split the datagram.</summary>
    public bool DontFragment { get; init; }

    /// <summary>More of the datagram follows in other fragments.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Where this fragment belongs, in units of eight octets.</summary>
    public ushort FragmentOffsetUnits { get; init; }

    /// <summary>How many routers it may pass.</summary>
    public byte TimeToLive { get; init; } = DefaultTimeToLive;

    /// <summary>What it carries.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Who sent it.</summary>
    public Ipv4Address Source { get; init; }

    /// <summary>Who is to get it.</summary>
    public Ipv4Address Destination { get; init; }

    public Ipv4Header()
    {
    }

    /// <summary>Whether this is only part of a datagram.</summary>
    public bool IsFragment => MoreFragments || FragmentOffsetUnits != 0;

    /// <summary>Reads a header in the order of RFC 1122 §3.2.1, and finds the payload. Octets after the datagram are padding.</summary>
    public static Ipv4ParseResult TryParse(ReadOnlySpan<byte> data, out Ipv4Header header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (data.Length < SizeBytes)
        {
            return Ipv4ParseResult.Truncated;
        }

        if (data[VersionOffset] >> 4 != Version)
        {
            return Ipv4ParseResult.BadVersion;
        }

        int headerBytes = (data[VersionOffset] & 15) * sizeof(uint);
        ushort totalLength = BinaryPrimitives.ReadUInt16BigEndian(data[TotalLengthOffset..]);
        if (headerBytes < SizeBytes || headerBytes > totalLength)
        {
            return Ipv4ParseResult.BadHeaderLength;
        }

        if (totalLength > data.Length)
        {
            return Ipv4ParseResult.Truncated;
        }

        if (InternetChecksum.Compute(data[..headerBytes]) != 0)
        {
            return Ipv4ParseResult.BadChecksum;
        }

        header = Read(data, headerBytes);
        payload = data[headerBytes..totalLength];
        return CheckOptions(data[SizeBytes..headerBytes]);
    }

    /// <summary>
    /// Reads the header of a datagram of ours that an ICMP error quotes. It is cut off, and routers may have changed its checksum.
    /// </summary>
    public static bool TryParseQuoted(ReadOnlySpan<byte> data, out Ipv4Header header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (data.Length < SizeBytes || data[VersionOffset] >> 4 != Version)
        {
            return false;
        }

        int headerBytes = (data[VersionOffset] & 15) * sizeof(uint);
        if (headerBytes < SizeBytes || headerBytes > data.Length)
        {
            return false;
        }

        header = Read(data, headerBytes);
        payload = data[headerBytes..];
        return true;
    }

    /// <summary>Writes the header, without options, with its checksum.</summary>
    public void Write(Span<byte> data)
    {
        int fragment = FragmentOffsetUnits & FragmentOffsetBits;
        fragment |= DontFragment ? DontFragmentBit : 0;
        fragment |= MoreFragments ? MoreFragmentsBit : 0;
        data[VersionOffset] = (Version << 4) | (SizeBytes / sizeof(uint));
        data[TypeOfServiceOffset] = TypeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(data[TotalLengthOffset..], TotalLength);
        BinaryPrimitives.WriteUInt16BigEndian(data[IdentificationOffset..], Identification);
        BinaryPrimitives.WriteUInt16BigEndian(data[FragmentOffset..], (ushort)fragment);
        data[TimeToLiveOffset] = TimeToLive;
        data[ProtocolOffset] = (byte)Protocol;
        BinaryPrimitives.WriteUInt16BigEndian(data[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(data[SourceOffset..], Source.Value);
        BinaryPrimitives.WriteUInt32BigEndian(data[DestinationOffset..], Destination.Value);
        BinaryPrimitives.WriteUInt16BigEndian(data[ChecksumOffset..], InternetChecksum.Compute(data[..SizeBytes]));
    }

    private static Ipv4Header Read(ReadOnlySpan<byte> data, int headerBytes)
    {
        ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(data[FragmentOffset..]);
        return new Ipv4Header
        {
            HeaderBytes = headerBytes,
            TotalLength = BinaryPrimitives.ReadUInt16BigEndian(data[TotalLengthOffset..]),
            TypeOfService = data[TypeOfServiceOffset],
            Identification = BinaryPrimitives.ReadUInt16BigEndian(data[IdentificationOffset..]),
            DontFragment = (fragment & DontFragmentBit) != 0,
            MoreFragments = (fragment & MoreFragmentsBit) != 0,
            FragmentOffsetUnits = (ushort)(fragment & FragmentOffsetBits),
            TimeToLive = data[TimeToLiveOffset],
            Protocol = (IpProtocol)data[ProtocolOffset],
            Source = new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(data[SourceOffset..])),
            Destination = new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(data[DestinationOffset..])),
        };
    }

    private static Ipv4ParseResult CheckOptions(ReadOnlySpan<byte> options)
    {
        while (!options.IsEmpty && options[0] != OptionEnd)
        {
            if (options[0] == OptionNone)
            {
                options = options[1..];
                continue;
            }

            if (options[0] is OptionLooseSourceRoute or OptionStrictSourceRoute)
            {
                return Ipv4ParseResult.SourceRouted;
            }

            // The length counts the type and itself.
            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length)
            {
                return Ipv4ParseResult.BadOptions;
            }

            options = options[options[1]..];
        }

        return Ipv4ParseResult.Ok;
    }
}
