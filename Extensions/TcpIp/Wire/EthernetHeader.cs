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

    internal const int DestinationOffset = 0;
    internal const int SourceOffset = 6;
    internal const int TypeOffset = 12;

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
