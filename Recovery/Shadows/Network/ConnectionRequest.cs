using System;
using System.Buffers.Binary;

namespace NooksOS.Recovery.Shadows;

/// <summary>The first segment of a connection (RFC 9293 §3.5), in a whole packet as <see cref="TransportFrame"/> finds it.</summary>
internal static class ConnectionRequest
{
    private const byte WindowScale = 3;
    private const byte SelectivePermitted = 4;
    private const byte Selective = 5;
    private const byte TimeStamps = 8;

    /// <summary>Whether a packet holds one that is intact.</summary>
    public static bool IsIn(ReadOnlySpan<byte> packet)
        => (SegmentOf(packet)[SegmentLayout.FlagsOffset] & SegmentLayout.ConnectionFlags) == SegmentLayout.Synchronize
            && TransportFrame.IsIntact(packet);

    /// <summary>
    /// Whether nothing in such a packet lets its receiver drop it without a word: no option of IPv4 (RFC 1122 §3.2.1.8), no port of zero,
    /// no impossible length of a header or an option (RFC 9293 §3.2).
    /// </summary>
    public static bool IsFlawless(ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> segment = SegmentOf(packet);
        int headerBytes = SegmentLayout.HeaderBytes(segment);
        return TransportFrame.HeaderBytes(packet) == Ipv4Layout.LeastHeaderBytes
            && BinaryPrimitives.ReadUInt16BigEndian(segment[SegmentLayout.PortsOffset..]) != 0
            && BinaryPrimitives.ReadUInt16BigEndian(segment[(SegmentLayout.PortsOffset + SegmentLayout.PortBytes)..]) != 0
            && headerBytes >= SegmentLayout.LeastHeaderBytes
            && headerBytes <= segment.Length
            && AreFlawless(segment[SegmentLayout.LeastHeaderBytes..headerBytes]);
    }

    private static ReadOnlySpan<byte> SegmentOf(ReadOnlySpan<byte> packet) => packet[TransportFrame.HeaderBytes(packet)..];

    private static bool AreFlawless(ReadOnlySpan<byte> options)
    {
        while (!options.IsEmpty && options[0] != SegmentLayout.EndOfOptions)
        {
            int length = options[0] == SegmentLayout.Padding ? 1 : LengthOf(options);
            if (length == 0)
            {
                return false;
            }

            options = options[length..];
        }

        return true;
    }

    // Zero for one that cannot be right, or does not belong into a first segment.
    private static int LengthOf(ReadOnlySpan<byte> options)
    {
        int length = options.Length < 2 || options[1] > options.Length ? 0 : options[1];
        bool isRight = options[0] switch
        {
            SegmentLayout.LargestSegment => length == 4,
            WindowScale => length == 3,
            SelectivePermitted => length == 2,
            Selective => false,
            TimeStamps => length == 10,
            _ => length >= 2,
        };
        return isRight ? length : 0;
    }
}
