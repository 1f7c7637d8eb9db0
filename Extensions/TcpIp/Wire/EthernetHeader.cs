using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>The header of an Ethernet II frame (RFC 894).</summary>
internal readonly record struct EthernetHeader(MacAddress Destination, MacAddress Source, EtherType Type)
{
    /// <summary>Size of the header.</summary>
    public const int SizeBytes = 14;

    /// <summary>The smallest frame, without frame check sequence. Shorter ones are filled with zeros (RFC 894).</summary>
    public const int MinimumFrameBytes = 60;

    /// <summary>Smaller numbers in the type field are lengths of IEEE 802.3 frames (RFC 1122 §2.3.3).</summary>
    public const ushort MinimumType = 0x0600;

    internal const int DestinationOffset = 0;
    internal const int SourceOffset = 6;
    internal const int TypeOffset = 12;

    /// <summary>Whether the frame has a type at all: IEEE 802.3 frames have a length instead.</summary>
    public bool HasType => (ushort)Type >= MinimumType;

    /// <summary>Reads the header. False if the frame is too short, or says that a group of stations sent it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> frame, out EthernetHeader header)
    {
        header = default;
        if (frame.Length < SizeBytes)
        {
            return false;
        }

        header = new EthernetHeader(
            MacAddress.Read(frame[DestinationOffset..]),
            MacAddress.Read(frame[SourceOffset..]),
            (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[TypeOffset..]));
        return !header.Source.IsMulticast;
    }

    /// <summary>Writes the header to the start of a frame.</summary>
    public void Write(Span<byte> frame)
    {
        Destination.Write(frame[DestinationOffset..]);
        Source.Write(frame[SourceOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[TypeOffset..], (ushort)Type);
    }
}
