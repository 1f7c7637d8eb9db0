using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A question to a neighbour that every host answers with what it was asked (RFC 792, RFC 1122 §3.2.2.6), so that an answer tells which question
/// it belongs to.
/// </summary>
internal static class EchoQuestion
{
    /// <summary>The shortest frame: what every other frame is padded to.</summary>
    public const int LeastFrameBytes = 60;

    // Ours; the stack has one of its own, by chance, and so have other machines.
    private const ushort Identifier = 0x4E6B;

    private const byte VersionAndLength = 0x45;
    private const byte TimeToLive = 64;
    private const byte Icmp = 1;
    private const byte Echo = 8;
    private const byte EchoReply = 0;
    private const ushort DontFragment = 0x4000;
    private const int MessageChecksumOffset = 2;
    private const int IdentifierOffset = 4;
    private const int NumberOffset = 6;
    private const int DataOffset = 8;

    /// <summary>Writes a question.</summary>
    /// <param name="frame">Receives it, and is as long as it is to be.</param>
    /// <param name="station">Whom it is for.</param>
    /// <param name="own">Who asks.</param>
    /// <param name="stationAddress">Whom it is for, in host order.</param>
    /// <param name="ownAddress">Who asks, in host order.</param>
    /// <param name="number">Which question it is.</param>
    public static void Write(Span<byte> frame, MacAddress station, MacAddress own, uint stationAddress, uint ownAddress, ushort number)
    {
        frame.Clear();
        station.Write(frame);
        own.Write(frame[MacAddress.Length..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[TransportFrame.EtherTypeOffset..], Ipv4Layout.EtherType);

        Span<byte> packet = frame[TransportFrame.EthernetBytes..];
        packet[0] = VersionAndLength;
        BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4Layout.TotalLengthOffset..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4Layout.IdentificationOffset..], number);
        BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4Layout.FragmentOffset..], DontFragment);
        packet[Ipv4Layout.TimeToLiveOffset] = TimeToLive;
        packet[Ipv4Layout.ProtocolOffset] = Icmp;
        BinaryPrimitives.WriteUInt32BigEndian(packet[Ipv4Layout.SourceOffset..], ownAddress);
        BinaryPrimitives.WriteUInt32BigEndian(packet[Ipv4Layout.DestinationOffset..], stationAddress);
        WriteChecksum(packet[..Ipv4Layout.LeastHeaderBytes], Ipv4Layout.ChecksumOffset);

        Span<byte> message = packet[Ipv4Layout.LeastHeaderBytes..];
        message[0] = Echo;
        BinaryPrimitives.WriteUInt16BigEndian(message[IdentifierOffset..], Identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[NumberOffset..], number);
        for (int index = DataOffset; index < message.Length; index++)
        {
            message[index] = (byte)(index + number);
        }

        WriteChecksum(message, MessageChecksumOffset);
    }

    /// <summary>Whether a frame is a whole and intact answer, and to which question.</summary>
    public static bool TryReadAnswer(ReadOnlySpan<byte> frame, out ushort number)
    {
        number = 0;
        if (frame.Length < LeastFrameBytes
            || BinaryPrimitives.ReadUInt16BigEndian(frame[TransportFrame.EtherTypeOffset..]) != Ipv4Layout.EtherType
            || frame[TransportFrame.EthernetBytes] != VersionAndLength
            || frame[TransportFrame.EthernetBytes + Ipv4Layout.ProtocolOffset] != Icmp)
        {
            return false;
        }

        ReadOnlySpan<byte> packet = frame[TransportFrame.EthernetBytes..];
        int packetBytes = BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv4Layout.TotalLengthOffset..]);
        if (packetBytes < Ipv4Layout.LeastHeaderBytes + DataOffset || packetBytes > packet.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> message = packet[Ipv4Layout.LeastHeaderBytes..packetBytes];
        number = BinaryPrimitives.ReadUInt16BigEndian(message[NumberOffset..]);
        return message[0] == EchoReply
            && BinaryPrimitives.ReadUInt16BigEndian(message[IdentifierOffset..]) == Identifier
            && TransportFrame.IsRight(TransportFrame.Add(0, message));
    }

    private static void WriteChecksum(Span<byte> data, int offset)
        => BinaryPrimitives.WriteUInt16BigEndian(data[offset..], (ushort)~TransportFrame.Fold(TransportFrame.Add(0, data)));
}
