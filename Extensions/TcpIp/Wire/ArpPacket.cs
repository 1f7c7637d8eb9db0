using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>An ARP packet for IPv4 over Ethernet (RFC 826).</summary>
internal readonly record struct ArpPacket(
    ArpOperation Operation,
    MacAddress SenderHardware,
    Ipv4Address SenderProtocol,
    MacAddress TargetHardware,
    Ipv4Address TargetProtocol)
{
    /// <summary>Size of the packet.</summary>
    public const int SizeBytes = 28;

    /// <summary>ar$hrd of Ethernet.</summary>
    public const ushort HardwareEthernet = 1;

    internal const int HardwareSpaceOffset = 0;
    internal const int ProtocolSpaceOffset = 2;
    internal const int HardwareLengthOffset = 4;
    internal const int ProtocolLengthOffset = 5;
    internal const int OperationOffset = 6;
    internal const int SenderHardwareOffset = 8;
    internal const int SenderProtocolOffset = 14;
    internal const int TargetHardwareOffset = 18;
    internal const int TargetProtocolOffset = 24;

    /// <summary>
    /// Reads a packet. False if it is too short, for other address spaces, of another operation, or its sender cannot be a station.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> data, out ArpPacket packet)
    {
        packet = default;
        if (data.Length < SizeBytes
            || BinaryPrimitives.ReadUInt16BigEndian(data[HardwareSpaceOffset..]) != HardwareEthernet
            || BinaryPrimitives.ReadUInt16BigEndian(data[ProtocolSpaceOffset..]) != (ushort)EtherType.Ipv4
            || data[HardwareLengthOffset] != MacAddress.Length
            || data[ProtocolLengthOffset] != Ipv4Address.Length)
        {
            return false;
        }

        packet = new ArpPacket(
            (ArpOperation)BinaryPrimitives.ReadUInt16BigEndian(data[OperationOffset..]),
            MacAddress.Read(data[SenderHardwareOffset..]),
            new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(data[SenderProtocolOffset..])),
            MacAddress.Read(data[TargetHardwareOffset..]),
            new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(data[TargetProtocolOffset..])));
        return packet.Operation is ArpOperation.Request or ArpOperation.Reply
            && !packet.SenderHardware.IsMulticast
            && packet.SenderHardware.Bits != 0;
    }

    /// <summary>Writes the packet.</summary>
    public void Write(Span<byte> data)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data[HardwareSpaceOffset..], HardwareEthernet);
        BinaryPrimitives.WriteUInt16BigEndian(data[ProtocolSpaceOffset..], (ushort)EtherType.Ipv4);
        data[HardwareLengthOffset] = MacAddress.Length;
        data[ProtocolLengthOffset] = Ipv4Address.Length;
        BinaryPrimitives.WriteUInt16BigEndian(data[OperationOffset..], (ushort)Operation);
        SenderHardware.Write(data[SenderHardwareOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(data[SenderProtocolOffset..], SenderProtocol.Value);
        TargetHardware.Write(data[TargetHardwareOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(data[TargetProtocolOffset..], TargetProtocol.Value);
    }
}
