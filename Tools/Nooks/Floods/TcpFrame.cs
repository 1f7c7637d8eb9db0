using System;
using System.Buffers.Binary;
using NooksOS.Tool.Links;

namespace NooksOS.Tool.Floods;

/// <summary>Writes and reads Ethernet frames that hold an IPv4 packet with a TCP segment.</summary>
public static class TcpFrame
{
    /// <summary>The length of the Ethernet header.</summary>
    public const int EthernetBytes = 14;

    /// <summary>The length of an IPv4 header without options.</summary>
    public const int Ipv4Bytes = 20;

    /// <summary>The length of a TCP header without options.</summary>
    public const int TcpBytes = 20;

    /// <summary>Where the TCP segment starts in the frames that are written here.</summary>
    public const int TcpOffset = EthernetBytes + Ipv4Bytes;

    /// <summary>The longest frame, without its checksum.</summary>
    public const int LongestBytes = EthernetBytes + 1500;

    /// <summary>The most options that a TCP header holds.</summary>
    public const int LongestOptionsBytes = 40;

    private const int HardwareAddressBytes = 6;
    private const ushort Ipv4Type = 0x0800;
    private const byte TcpProtocol = 6;
    private const byte FirstOctet = 0x45;
    private const ushort DoNotFragment = 0x4000;
    private const byte TimeToLive = 64;
    private const int ProtocolOffset = EthernetBytes + 9;
    private const int SourceAddressOffset = EthernetBytes + 12;
    private const int DestinationAddressOffset = EthernetBytes + 16;
    private const int FlagsOffset = TcpOffset + 13;

    /// <summary>Writes the frame that the gateway would send to the guest; returns its length. Options are a multiple of four bytes.</summary>
    public static int WriteToGuest(Span<byte> buffer, in TcpSegment segment, ReadOnlySpan<byte> options, ReadOnlySpan<byte> content)
    {
        int headerBytes = TcpBytes + options.Length;
        Span<byte> frame = buffer[..(TcpOffset + headerBytes + content.Length)];
        frame[..TcpOffset].Clear();
        UserNetwork.GuestHardwareAddress.CopyTo(frame);
        UserNetwork.GatewayHardwareAddress.CopyTo(frame[HardwareAddressBytes..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(2 * HardwareAddressBytes)..], Ipv4Type);

        Span<byte> packet = frame[EthernetBytes..];
        packet[0] = FirstOctet;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], DoNotFragment);
        packet[8] = TimeToLive;
        packet[9] = TcpProtocol;
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], segment.Source.Address);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], segment.Destination.Address);

        Span<byte> tcp = frame[TcpOffset..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, segment.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], segment.Destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], segment.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], segment.Acknowledgment);
        tcp[12] = (byte)(headerBytes / 4 << 4);
        tcp[13] = (byte)segment.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], segment.Window);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[18..], segment.Urgent);
        options.CopyTo(tcp[TcpBytes..]);
        content.CopyTo(tcp[headerBytes..]);
        WriteChecksums(frame);
        return frame.Length;
    }

    /// <summary>Puts right the checksums of a frame as it is written here, whatever its other fields have become.</summary>
    public static void WriteChecksums(Span<byte> frame)
    {
        Span<byte> packet = frame[EthernetBytes..];
        packet[10..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Finish(Sum(packet[..Ipv4Bytes])));

        // The pseudo-header (RFC 9293, 3.1): both addresses, the protocol, the length of the segment.
        Span<byte> tcp = frame[TcpOffset..];
        tcp[16..18].Clear();
        uint pseudo = Sum(packet[12..Ipv4Bytes]) + TcpProtocol + (uint)tcp.Length;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Finish(pseudo + Sum(tcp)));
    }

    /// <summary>Reads the ends and the control bits; false where the frame holds no TCP segment.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out TcpSegment segment)
    {
        segment = default;
        if (frame.Length < TcpOffset + TcpBytes
            || BinaryPrimitives.ReadUInt16BigEndian(frame[(2 * HardwareAddressBytes)..]) != Ipv4Type
            || frame[EthernetBytes] != FirstOctet
            || frame[ProtocolOffset] != TcpProtocol)
        {
            return false;
        }

        ReadOnlySpan<byte> tcp = frame[TcpOffset..];
        segment = new TcpSegment
        {
            Source = new(BinaryPrimitives.ReadUInt32BigEndian(frame[SourceAddressOffset..]), BinaryPrimitives.ReadUInt16BigEndian(tcp)),
            Destination = new(BinaryPrimitives.ReadUInt32BigEndian(frame[DestinationAddressOffset..]), BinaryPrimitives.ReadUInt16BigEndian(tcp[2..])),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            Acknowledgment = BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]),
            Flags = (TcpFlags)frame[FlagsOffset],
            Window = BinaryPrimitives.ReadUInt16BigEndian(tcp[14..]),
            Urgent = BinaryPrimitives.ReadUInt16BigEndian(tcp[18..]),
        };
        return true;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length >= sizeof(ushort); bytes = bytes[sizeof(ushort)..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return bytes.IsEmpty ? sum : sum + (uint)(bytes[0] << 8);
    }

    private static ushort Finish(uint sum)
    {
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
